/// A neighbourhood on its way through a draft: one reference wide, so that it is taken out and put back without copying.
struct HeldNeighbourhood: Sendable {
  private var held: [Neighbourhood]

  init(_ hood: Neighbourhood) { held = [hood] }

  /// The neighbourhood, changed in place.
  var hood: Neighbourhood {
    _read { yield held[0] }
    _modify { yield &held[0] }
  }
}
