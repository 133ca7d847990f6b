@main struct CommitThroughput { static func main() {} }
