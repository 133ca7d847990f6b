/// Which attribute group a trait or property belongs to, by name.
///
/// Names match when they are equal after ASCII capitals are made small and `_`, `-` and blanks are left out, so one
/// entry covers `maritalStatus`, `marital_status` and `Marital-Status`. Names that mean different things in different
/// places (`title`, `style`, `degree`) are not in the ``standard`` catalogue.
public struct AttributeCatalogue: Sendable, Hashable, Codable {
  /// A name and its group.
  public struct Entry: Sendable, Hashable, Codable {
    /// The matched form of the name.
    public let name: String
    /// The group.
    public let group: AttributeGroup
  }

  /// The entries in byte order of their names.
  public private(set) var entries: [Entry] = []

  /// Creates an empty catalogue.
  public init() {}

  /// The group of a trait or property; assigning changes it, assigning `nil` removes it.
  ///
  /// Lookup is O(log n).
  public subscript(name: String) -> AttributeGroup? {
    get {
      let position = position(of: Self.matchedForm(name))
      return position.found ? entries[position.index].group : nil
    }
    set {
      let form = Self.matchedForm(name)
      let position = position(of: form)
      if position.found { entries.remove(at: position.index) }
      if let group = newValue { entries.insert(Entry(name: form, group: group), at: position.index) }
    }
  }

  /// The matched form of a name: ASCII capitals made small, `_`, `-` and blanks left out.
  public static func matchedForm(_ name: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(name.utf8.count)
    for byte in name.utf8 where byte != 0x5F && byte != 0x2D && byte != 0x20 {
      bytes.append(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private enum CodingKeys: String, CodingKey { case entries }

  /// Reads the entries in any order; of two with the same name the later counts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    for entry in try container.decode([Entry].self, forKey: .entries) { self[entry.name] = entry.group }
  }

  private func position(of form: String) -> (index: Int, found: Bool) {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      switch entries[middle].name.byteOrder(form) {
      case .ascending: low = middle + 1
      case .same: return (middle, true)
      default: high = middle
      }
    }
    return (low, false)
  }
}

extension AttributeCatalogue {
  /// Common trait and property names in English and Chinese, with those reserved by Segment; a starting point to edit.
  public static let standard: AttributeCatalogue = {
    var catalogue = AttributeCatalogue()
    for (group, names) in standardNames { for name in names { catalogue[name] = group } }
    return catalogue
  }()

  private static let standardNames: [(AttributeGroup, [String])] = [
    (.demographics, ["gender", "sex", "age", "birthday", "birth_date", "date_of_birth", "性别", "年龄", "生日"]),
    (.education, ["education", "education_level", "school", "university", "学历", "学校", "专业"]),
    (.occupation, ["occupation", "profession", "job", "job_title", "employer", "company", "职业", "公司"]),
    (.income, ["income", "salary", "wealth", "credit_rating", "收入", "资产"]),
    (.marriage, ["marriage", "marital_status", "married", "relationship_status", "婚姻", "婚姻状况"]),
    (.household, ["household", "household_size", "children", "has_children", "pets", "家庭", "子女"]),
    (.interests, ["interest", "interests", "hobby", "hobbies", "favourite_topics", "favorite_topics", "兴趣", "爱好"]),
    (.taste, ["taste", "music", "music_taste", "favourite_music", "favorite_music", "品味", "音乐"]),
    (.health, ["health", "diagnosis", "medication", "allergies", "diet", "blood_type", "健康", "病史"]),
    (
      .location,
      [
        "location", "address", "home_address", "city", "region", "province", "country", "postal_code", "latitude",
        "longitude", "lat", "lng", "geo", "coordinates", "地址", "城市", "地区",
      ]
    ),
    (.purchase, ["purchase_history", "last_purchase", "lifetime_value", "average_order_value", "消费", "购买记录"]),
    (.mediaUse, ["media_use", "media_interests", "favourite_media", "favorite_media", "watch_time", "媒体使用"]),
    (.brandAffinity, ["brand_affinity", "brands", "favourite_brands", "favorite_brands", "followed_brands", "品牌偏好"]),
    (.socialActivity, ["followers_count", "friends_count", "statuses_count", "influence", "粉丝数"]),
  ]
}
