/// What is missing for an industry: classes of platforms without a channel, groups of attributes without data.
public struct CoverageReport: Sendable, Hashable, Codable {
  /// The industry.
  public let industry: Industry
  /// The classes the profile wants and the channels in use of each, in the order of the classes.
  public let classes: [ClassCoverage]
  /// The groups the profile wants or data was found for, and the names found of each, in byte order.
  public let groups: [GroupCoverage]
  /// Channels in use that are not registered, in byte order.
  public let unknownChannels: [String]
  /// Traits without a group, in byte order.
  public let unassignedTraits: [String]

  /// The channels in use of one class.
  public struct ClassCoverage: Sendable, Hashable, Codable {
    /// The class.
    public let platformClass: PlatformClass
    /// How much the profile wants it.
    public let relevance: Relevance
    /// The ids of the channels in use, in byte order.
    public let channels: [String]
  }

  /// The traits known of one group.
  public struct GroupCoverage: Sendable, Hashable, Codable {
    /// The group.
    public let group: AttributeGroup
    /// How much the profile wants it.
    public let relevance: Relevance
    /// The names found, in byte order.
    public let traits: [String]
  }

  /// Compares a profile with what is there.
  /// - Parameters:
  ///   - profile: what the industry wants.
  ///   - channelsInUse: ids of channels, in any order.
  ///   - knownTraits: names of traits and properties for which there is data, in any order.
  ///   - registry: tells the class of a channel.
  ///   - catalogue: tells the group of a trait.
  public init(
    profile: IndustryProfile, channelsInUse: some Sequence<String>, knownTraits: some Sequence<String>,
    registry: ChannelRegistry = .standard, catalogue: AttributeCatalogue = .standard
  ) {
    industry = profile.industry
    var channels: [PlatformClass: [String]] = [:]
    var unknown: [String] = []
    for id in Self.unique(channelsInUse) {
      if let channel = registry[id] {
        channels[channel.platformClass, default: []].append(id)
      } else {
        unknown.append(id)
      }
    }
    var traits: [AttributeGroup: [String]] = [:]
    var unassigned: [String] = []
    for name in Self.unique(knownTraits) {
      if let group = catalogue[name] { traits[group, default: []].append(name) } else { unassigned.append(name) }
    }
    classes = PlatformClass.allCases.compactMap { platformClass in
      let relevance = profile.relevance(of: platformClass)
      let found = channels[platformClass] ?? []
      guard relevance != .irrelevant || !found.isEmpty else { return nil }
      return ClassCoverage(platformClass: platformClass, relevance: relevance, channels: found)
    }
    let wanted = profile.attributeGroups.required + profile.attributeGroups.useful
    groups = Set(wanted + traits.keys).sorted().map {
      GroupCoverage(group: $0, relevance: profile.relevance(of: $0), traits: traits[$0] ?? [])
    }
    unknownChannels = unknown
    unassignedTraits = unassigned
  }

  /// The required classes without a channel.
  public var missingClasses: [PlatformClass] {
    classes.filter { $0.relevance == .required && $0.channels.isEmpty }.map(\.platformClass)
  }

  /// The required groups without data.
  public var missingGroups: [AttributeGroup] {
    groups.filter { $0.relevance == .required && $0.traits.isEmpty }.map(\.group)
  }

  /// The groups with data the industry does not want: candidates for minimisation.
  public var irrelevantGroups: [AttributeGroup] {
    groups.filter { $0.relevance == .irrelevant && !$0.traits.isEmpty }.map(\.group)
  }

  /// Whether nothing required is missing.
  public var isComplete: Bool { missingClasses.isEmpty && missingGroups.isEmpty }

  private static func unique(_ names: some Sequence<String>) -> [String] {
    var sorted: [String] = []
    for name in names.sorted(by: { $0.byteOrder($1) == .ascending }) {
      if let last = sorted.last, last.sameBytes(as: name) { continue }
      sorted.append(name)
    }
    return sorted
  }
}
