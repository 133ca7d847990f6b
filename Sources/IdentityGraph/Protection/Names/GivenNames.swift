/// Given names and what the bearers are called for short, in English use; short forms that are the beginning of the name,
/// such as Ben, need no table.
enum GivenNames {
  /// Whether one word, in small letters, is a short form of another.
  static func isShortForm(_ short: [UInt8], of name: [UInt8]) -> Bool { shortForms[name]?.contains(short) ?? false }

  private static let shortForms: [[UInt8]: [[UInt8]]] = {
    var forms: [[UInt8]: [[UInt8]]] = [:]
    for line in table.split(separator: "\n") {
      let words = line.split(separator: " ").map { Array($0.utf8) }
      if let name = words.first { forms[name] = Array(words.dropFirst()) }
    }
    return forms
  }()

  private static let table = """
    abigail abby gail
    alan al
    albert al bert
    alexander sandy xander
    alexandra sandra sandy
    alfred al fred
    allen al
    amanda mandy
    andrew andy drew
    angela angie
    anthony tony
    benjamin benny
    bernard bernie
    cassandra cassie
    catherine kate cathy cate katie
    charles charlie chuck
    christina tina christy
    christine tina chrissy
    christopher kit topher
    cynthia cindy
    daniel danny
    david dave davy
    deborah debbie
    debra debbie
    dennis denny
    donald donny
    dorothy dot dottie
    edward ed eddie ted ned
    eleanor ellie nell nora
    elizabeth liz beth betty lisa libby lizzie betsy
    eugene gene
    francis frank
    frederick freddy
    gabriel gabe
    gerald jerry
    harold hal harry
    henry harry hank
    isabella bella izzy
    jacob jake
    jacqueline jackie
    james jim jimmy jamie
    jennifer jenny
    jerome jerry
    jessica jessie
    john jack johnny jon
    joseph joe joey
    judith judy
    katherine kate kathy katie kitty
    kathleen kathy kate katie
    kenneth kenny
    lawrence larry
    leonard len lenny
    margaret peggy meg maggie marge margie greta
    martin marty
    michael mike mick mickey mikey
    nathaniel nate
    nicholas nick nicky
    nicole nicky
    patricia patty tricia trish patsy
    patrick paddy
    rebecca becky becca
    richard dick rick ricky richie
    robert bob bobby robbie bert
    ronald ronny
    samantha sammy
    samuel sammy
    sandra sandy
    sarah sally
    stephen steve
    susan sue susie suzy
    teresa terry tess
    theodore ted
    theresa terry tess
    thomas tom tommy
    victoria vicky tori
    vincent vinny
    virginia ginny
    william bill billy liam willie
    zachary zack
    """
}
