/// `strings.quote`: a text in double quotes with the escapes of the strings extension.
enum StringQuoting {
  static func quoted(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    view.append("\"")
    for scalar in text.unicodeScalars {
      let escape: Unicode.Scalar? =
        switch scalar.value {
        case 0x07: "a"
        case 0x08: "b"
        case 0x0C: "f"
        case 0x0A: "n"
        case 0x0D: "r"
        case 0x09: "t"
        case 0x0B: "v"
        case 0x5C: "\\"
        case 0x22: "\""
        default: nil
        }
      if let escape {
        view.append("\\")
        view.append(escape)
      } else {
        view.append(scalar)
      }
    }
    view.append("\"")
    return String(view)
  }
}
