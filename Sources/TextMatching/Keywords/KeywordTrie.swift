/// The tree of all prefixes of the folded keywords: the first step of building the automaton.
///
/// A node's children are a linked list, so that the tree takes 13 bytes a node whatever the alphabet.
struct KeywordTrie {
  private(set) var firstChild: [Int32] = [-1]
  private(set) var nextSibling: [Int32] = [-1]
  private(set) var byte: [UInt8] = [0]
  /// The keywords that end at a node, as the last one added; `previousKeyword` leads to the others.
  private(set) var lastKeyword: [Int32] = [-1]
  private(set) var previousKeyword: [Int32] = []

  var nodeCount: Int { byte.count }

  /// Adds the next keyword; its index is the number of those added before.
  mutating func append(_ keyword: [UInt8]) {
    var node = 0
    for byte in keyword { node = child(of: node, byte) ?? addChild(to: node, byte) }
    previousKeyword.append(lastKeyword[node])
    lastKeyword[node] = Int32(truncatingIfNeeded: previousKeyword.count - 1)
  }

  /// The keywords that end at the node, in ascending order.
  func keywords(endingAt node: Int) -> [Int32] {
    var result: [Int32] = []
    var keyword = lastKeyword[node]
    while keyword >= 0 {
      result.append(keyword)
      keyword = previousKeyword[Int(keyword)]
    }
    return result.reversed()
  }

  /// The children of the node in ascending order of their bytes.
  func children(of node: Int) -> [Int] {
    var result: [Int] = []
    var next = firstChild[node]
    while next >= 0 {
      result.append(Int(next))
      next = nextSibling[Int(next)]
    }
    return result.sorted { byte[$0] < byte[$1] }
  }

  /// The child that the byte leads to.
  func child(of node: Int, _ wanted: UInt8) -> Int? {
    var next = firstChild[node]
    while next >= 0 {
      if byte[Int(next)] == wanted { return Int(next) }
      next = nextSibling[Int(next)]
    }
    return nil
  }

  private mutating func addChild(to node: Int, _ newByte: UInt8) -> Int {
    let child = byte.count
    byte.append(newByte)
    firstChild.append(-1)
    nextSibling.append(firstChild[node])
    lastKeyword.append(-1)
    firstChild[node] = Int32(truncatingIfNeeded: child)
    return child
  }
}
