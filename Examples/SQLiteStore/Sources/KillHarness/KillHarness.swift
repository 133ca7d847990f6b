@main struct KillHarness { static func main() {} }
