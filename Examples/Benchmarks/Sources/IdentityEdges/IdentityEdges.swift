import Foundation
import IdentityGraph

@main struct Main {
  static func main() throws {
    let path = CommandLine.arguments[1]
    let clock = ContinuousClock()
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    let start = clock.now
    var components = IdentifierComponents()
    var reader = IdentifierEdgeReader(columns: .at(0, 1), delimiter: .tab)
    var refused = 0
    while let data = try handle.read(upToCount: 1 << 18), !data.isEmpty {
      refused += try reader.push([UInt8](data), into: &components).count
    }
    refused += try reader.finish(into: &components).count
    let joined = clock.now
    let partition = components.partition()
    let end = clock.now
    print(components.edgeCount, components.identifierCount, partition.componentCount, partition.largest, refused, joined - start, end - joined)
  }
}
