@main
struct SegmentBatch { static func main() {} }
