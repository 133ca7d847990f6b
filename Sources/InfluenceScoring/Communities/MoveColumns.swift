/// The columns of nodes that move between communities, inside a loop.
struct MoveColumns {
  let rows: AdjacencyRows
  let strength: UnsafeBufferPointer<Double>
  /// The community of each node.
  let group: UnsafeMutablePointer<UInt32>
  /// The strength of each community.
  let sums: UnsafeMutablePointer<Double>
  /// Resolution ÷ the strength of the graph.
  let rate: Double

  /// Where a node is drawn, with the weight of its edges to that community and to its own.
  struct Choice: BitwiseCopyable {
    var best: UInt32
    var link: Double
    var ownLink: Double
  }

  /// What looking at a node needs: 0 for each community, and room for as many numbers.
  struct Scratch {
    let links: UnsafeMutablePointer<Double>
    let met: UnsafeMutablePointer<UInt32>
  }

  /// The neighbouring community that gains most modularity; its own, when none gains.
  @inline(__always)
  func choice(of node: Int, _ scratch: Scratch) -> Choice {
    let (links, met) = (scratch.links, scratch.met)
    let own = group[node]
    var count = 0
    for edge in rows.start(node)..<rows.end(node) {
      let other = group[rows.neighbour(edge)]
      if links[Int(other)] == 0 {
        met[count] = other
        count &+= 1
      }
      links[Int(other)] += rows.weights[edge]
    }
    let pull = rate * strength[node]
    var choice = Choice(best: own, link: links[Int(own)], ownLink: links[Int(own)])
    var bestGain = choice.ownLink - pull * (sums[Int(own)] - strength[node])
    for place in 0..<count {
      let candidate = met[place]
      let link = links[Int(candidate)]
      links[Int(candidate)] = 0
      let gain = link - pull * sums[Int(candidate)]
      if candidate != own, gain > bestGain + margin(node) {
        (choice.best, choice.link, bestGain) = (candidate, link, gain)
      }
    }
    return choice
  }

  /// Whether a choice gains as communities are now, when no neighbour has moved since it was made.
  @inline(__always)
  func holds(_ choice: Choice, for node: Int) -> Bool {
    let pull = rate * strength[node]
    let stays = choice.ownLink - pull * (sums[Int(group[node])] - strength[node])
    return choice.link - pull * sums[Int(choice.best)] > stays + margin(node)
  }

  @inline(__always)
  func move(_ node: Int, to community: UInt32) {
    sums[Int(group[node])] -= strength[node]
    sums[Int(community)] += strength[node]
    group[node] = community
  }

  /// What rounding can make of equal gains must not count, or two nodes might change places for ever.
  @inline(__always)
  private func margin(_ node: Int) -> Double { 1e-12 * strength[node] }
}
