/// Canonical decompositions that the diacritic folding needs, as compact literals.
///
/// Derived from Python's `unicodedata` (Unicode 14): every scalar whose NFD form differs from itself, less Hangul and
/// kana (composed instead, see `Composition`) and CJK compatibility ideographs (left alone), with the dropped marks taken
/// out of its NFD form. One scalar left: a letter of `letters`. More left: a row of `expansions`. To these are added the
/// letters with a stroke and dotless ı, which Unicode does not decompose and writers still replace (Łódź, Lodz).
enum DiacriticData {
  /// One group a line: the base letter, then all that fold to it.
  ///
  /// Written as escapes: right-to-left letters, and scalars that an editor normalising to NFC would change.
  static let letters = """
    \u{3B}\u{37E}
    <≮
    =≠
    >≯
    AÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ\u{212B}
    BḂḄḆ
    CÇĆĈĊČḈ
    DĎĐḊḌḎḐḒ
    EÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ
    FḞ
    GĜĞĠĢǦǴḠ
    HĤĦȞḢḤḦḨḪ
    IÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ
    JĴ
    KĶǨḰḲḴ\u{212A}
    LĹĻĽŁḶḸḺḼ
    MḾṀṂ
    NÑŃŅŇǸṄṆṈṊ
    OÒÓÔÕÖØŌŎŐƠǑǪǬǾȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ
    PṔṖ
    RŔŖŘȐȒṘṚṜṞ
    SŚŜŞŠȘṠṢṤṦṨ
    TŢŤŦȚṪṬṮṰ
    UÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ
    VṼṾ
    WŴẀẂẄẆẈ
    XẊẌ
    YÝŶŸȲẎỲỴỶỸ
    ZŹŻŽẐẒẔ
    `\u{1FEF}
    aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ
    bḃḅḇ
    cçćĉċčḉ
    dďđḋḍḏḑḓ
    eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ
    fḟ
    gĝğġģǧǵḡ
    hĥħȟḣḥḧḩḫẖ
    iìíîïĩīĭįıǐȉȋḭḯỉị
    jĵǰ
    kķǩḱḳḵ
    lĺļľłḷḹḻḽ
    mḿṁṃ
    nñńņňǹṅṇṉṋ
    oòóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ
    pṕṗ
    rŕŗřȑȓṙṛṝṟ
    sśŝşšșṡṣṥṧṩ
    tţťŧțṫṭṯṱẗ
    uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự
    vṽṿ
    wŵẁẃẅẇẉẘ
    xẋẍ
    yýÿŷȳẏẙỳỵỷỹ
    zźżžẑẓẕ
    ¨΅῁῭\u{1FEE}
    ´\u{1FFD}
    \u{B7}\u{387}
    ÆǢǼ
    æǣǽ
    ſẛ
    ƷǮ
    ʒǯ
    ʹ\u{374}
    ΑΆἈἉἊἋἌἍἎἏᾈᾉᾊᾋᾌᾍᾎᾏᾸᾹᾺ\u{1FBB}ᾼ
    ΕΈἘἙἚἛἜἝῈ\u{1FC9}
    ΗΉἨἩἪἫἬἭἮἯᾘᾙᾚᾛᾜᾝᾞᾟῊ\u{1FCB}ῌ
    ΙΊΪἸἹἺἻἼἽἾἿῘῙῚ\u{1FDB}
    ΟΌὈὉὊὋὌὍῸ\u{1FF9}
    ΡῬ
    ΥΎΫὙὛὝὟῨῩῪ\u{1FEB}
    ΩΏὨὩὪὫὬὭὮὯᾨᾩᾪᾫᾬᾭᾮᾯῺ\u{1FFB}ῼ\u{2126}
    αάἀἁἂἃἄἅἆἇὰ\u{1F71}ᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ
    εέἐἑἒἓἔἕὲ\u{1F73}
    ηήἠἡἢἣἤἥἦἧὴ\u{1F75}ᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ
    ιΐίϊἰἱἲἳἴἵἶἷὶ\u{1F77}\u{1FBE}ῐῑῒ\u{1FD3}ῖῗ
    οόὀὁὂὃὄὅὸ\u{1F79}
    ρῤῥ
    υΰϋύὐὑὒὓὔὕὖὗὺ\u{1F7B}ῠῡῢ\u{1FE3}ῦῧ
    ωώὠὡὢὣὤὥὦὧὼ\u{1F7D}ᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ
    ϒϓϔ
    ІЇ
    АӐӒ
    ГЃ
    ЕЀЁӖ
    ЖӁӜ
    ЗӞ
    ИЍЙӢӤ
    КЌ
    ОӦ
    УЎӮӰӲ
    ЧӴ
    ЫӸ
    ЭӬ
    аӑӓ
    гѓ
    еѐёӗ
    жӂӝ
    зӟ
    ийѝӣӥ
    кќ
    оӧ
    уўӯӱӳ
    чӵ
    ыӹ
    эӭ
    ії
    ѴѶ
    ѵѷ
    ӘӚ
    әӛ
    ӨӪ
    өӫ
    \u{5D0}\u{FB2E}\u{FB2F}\u{FB30}
    \u{5D1}\u{FB31}\u{FB4C}
    \u{5D2}\u{FB32}
    \u{5D3}\u{FB33}
    \u{5D4}\u{FB34}
    \u{5D5}\u{FB35}\u{FB4B}
    \u{5D6}\u{FB36}
    \u{5D8}\u{FB38}
    \u{5D9}\u{FB1D}\u{FB39}
    \u{5DA}\u{FB3A}
    \u{5DB}\u{FB3B}\u{FB4D}
    \u{5DC}\u{FB3C}
    \u{5DE}\u{FB3E}
    \u{5E0}\u{FB40}
    \u{5E1}\u{FB41}
    \u{5E3}\u{FB43}
    \u{5E4}\u{FB44}\u{FB4E}
    \u{5E6}\u{FB46}
    \u{5E7}\u{FB47}
    \u{5E8}\u{FB48}
    \u{5E9}\u{FB2A}\u{FB2B}\u{FB2C}\u{FB2D}\u{FB49}
    \u{5EA}\u{FB4A}
    \u{5F2}\u{FB1F}
    \u{627}\u{622}\u{623}\u{625}
    \u{648}\u{624}
    \u{64A}\u{626}
    \u{6C1}\u{6C2}
    \u{6D2}\u{6D3}
    \u{6D5}\u{6C0}
    ᾿῍῎῏
    ῾῝῞῟
    \u{2002}\u{2000}
    \u{2003}\u{2001}
    ←↚
    →↛
    ↔↮
    ⇐⇍
    ⇒⇏
    ⇔⇎
    ∃∄
    ∈∉
    ∋∌
    ∣∤
    ∥∦
    ∼≁
    ≃≄
    ≅≇
    ≈≉
    ≍≭
    ≡≢
    ≤≰
    ≥≱
    ≲≴
    ≳≵
    ≶≸
    ≷≹
    ≺⊀
    ≻⊁
    ≼⋠
    ≽⋡
    ⊂⊄
    ⊃⊅
    ⊆⊈
    ⊇⊉
    ⊑⋢
    ⊒⋣
    ⊢⊬
    ⊨⊭
    ⊩⊮
    ⊫⊯
    ⊲⋪
    ⊳⋫
    ⊴⋬
    ⊵⋭
    ⫝\u{2ADC}
    \u{3008}\u{2329}
    \u{3009}\u{232A}
    """

  /// Rows of four: scalar, then its decomposition of two or three scalars (0 where there is no third).
  ///
  /// Scripts of South and South-East Asia, where the marks are vowels and so are kept, and musical symbols.
  static let expansions: [UInt32] = [
    0x0929, 0x0928, 0x093C, 0, 0x0931, 0x0930, 0x093C, 0, 0x0934, 0x0933, 0x093C, 0, 0x0958, 0x0915, 0x093C, 0,
    0x0959, 0x0916, 0x093C, 0, 0x095A, 0x0917, 0x093C, 0, 0x095B, 0x091C, 0x093C, 0, 0x095C, 0x0921, 0x093C, 0,
    0x095D, 0x0922, 0x093C, 0, 0x095E, 0x092B, 0x093C, 0, 0x095F, 0x092F, 0x093C, 0, 0x09CB, 0x09C7, 0x09BE, 0,
    0x09CC, 0x09C7, 0x09D7, 0, 0x09DC, 0x09A1, 0x09BC, 0, 0x09DD, 0x09A2, 0x09BC, 0, 0x09DF, 0x09AF, 0x09BC, 0,
    0x0A33, 0x0A32, 0x0A3C, 0, 0x0A36, 0x0A38, 0x0A3C, 0, 0x0A59, 0x0A16, 0x0A3C, 0, 0x0A5A, 0x0A17, 0x0A3C, 0,
    0x0A5B, 0x0A1C, 0x0A3C, 0, 0x0A5E, 0x0A2B, 0x0A3C, 0, 0x0B48, 0x0B47, 0x0B56, 0, 0x0B4B, 0x0B47, 0x0B3E, 0,
    0x0B4C, 0x0B47, 0x0B57, 0, 0x0B5C, 0x0B21, 0x0B3C, 0, 0x0B5D, 0x0B22, 0x0B3C, 0, 0x0B94, 0x0B92, 0x0BD7, 0,
    0x0BCA, 0x0BC6, 0x0BBE, 0, 0x0BCB, 0x0BC7, 0x0BBE, 0, 0x0BCC, 0x0BC6, 0x0BD7, 0, 0x0C48, 0x0C46, 0x0C56, 0,
    0x0CC0, 0x0CBF, 0x0CD5, 0, 0x0CC7, 0x0CC6, 0x0CD5, 0, 0x0CC8, 0x0CC6, 0x0CD6, 0, 0x0CCA, 0x0CC6, 0x0CC2, 0,
    0x0CCB, 0x0CC6, 0x0CC2, 0x0CD5, 0x0D4A, 0x0D46, 0x0D3E, 0, 0x0D4B, 0x0D47, 0x0D3E, 0, 0x0D4C, 0x0D46, 0x0D57, 0,
    0x0DDA, 0x0DD9, 0x0DCA, 0, 0x0DDC, 0x0DD9, 0x0DCF, 0, 0x0DDD, 0x0DD9, 0x0DCF, 0x0DCA, 0x0DDE, 0x0DD9, 0x0DDF, 0,
    0x0F43, 0x0F42, 0x0FB7, 0, 0x0F4D, 0x0F4C, 0x0FB7, 0, 0x0F52, 0x0F51, 0x0FB7, 0, 0x0F57, 0x0F56, 0x0FB7, 0,
    0x0F5C, 0x0F5B, 0x0FB7, 0, 0x0F69, 0x0F40, 0x0FB5, 0, 0x0F73, 0x0F71, 0x0F72, 0, 0x0F75, 0x0F71, 0x0F74, 0,
    0x0F76, 0x0FB2, 0x0F80, 0, 0x0F78, 0x0FB3, 0x0F80, 0, 0x0F81, 0x0F71, 0x0F80, 0, 0x0F93, 0x0F92, 0x0FB7, 0,
    0x0F9D, 0x0F9C, 0x0FB7, 0, 0x0FA2, 0x0FA1, 0x0FB7, 0, 0x0FA7, 0x0FA6, 0x0FB7, 0, 0x0FAC, 0x0FAB, 0x0FB7, 0,
    0x0FB9, 0x0F90, 0x0FB5, 0, 0x1026, 0x1025, 0x102E, 0, 0x1B06, 0x1B05, 0x1B35, 0, 0x1B08, 0x1B07, 0x1B35, 0,
    0x1B0A, 0x1B09, 0x1B35, 0, 0x1B0C, 0x1B0B, 0x1B35, 0, 0x1B0E, 0x1B0D, 0x1B35, 0, 0x1B12, 0x1B11, 0x1B35, 0,
    0x1B3B, 0x1B3A, 0x1B35, 0, 0x1B3D, 0x1B3C, 0x1B35, 0, 0x1B40, 0x1B3E, 0x1B35, 0, 0x1B41, 0x1B3F, 0x1B35, 0,
    0x1B43, 0x1B42, 0x1B35, 0, 0x1109A, 0x11099, 0x110BA, 0, 0x1109C, 0x1109B, 0x110BA, 0,
    0x110AB, 0x110A5, 0x110BA, 0, 0x1112E, 0x11131, 0x11127, 0, 0x1112F, 0x11132, 0x11127, 0,
    0x1134B, 0x11347, 0x1133E, 0, 0x1134C, 0x11347, 0x11357, 0, 0x114BB, 0x114B9, 0x114BA, 0,
    0x114BC, 0x114B9, 0x114B0, 0, 0x114BE, 0x114B9, 0x114BD, 0, 0x115BA, 0x115B8, 0x115AF, 0,
    0x115BB, 0x115B9, 0x115AF, 0, 0x11938, 0x11935, 0x11930, 0, 0x1D15E, 0x1D157, 0x1D165, 0,
    0x1D15F, 0x1D158, 0x1D165, 0, 0x1D160, 0x1D158, 0x1D165, 0x1D16E, 0x1D161, 0x1D158, 0x1D165, 0x1D16F,
    0x1D162, 0x1D158, 0x1D165, 0x1D170, 0x1D163, 0x1D158, 0x1D165, 0x1D171, 0x1D164, 0x1D158, 0x1D165, 0x1D172,
    0x1D1BB, 0x1D1B9, 0x1D165, 0, 0x1D1BC, 0x1D1BA, 0x1D165, 0, 0x1D1BD, 0x1D1B9, 0x1D165, 0x1D16E,
    0x1D1BE, 0x1D1BA, 0x1D165, 0x1D16E, 0x1D1BF, 0x1D1B9, 0x1D165, 0x1D16F, 0x1D1C0, 0x1D1BA, 0x1D165, 0x1D16F,
  ]

  /// Combining marks (category Mn) that carry no letter of their own: first and last of each range.
  ///
  /// General diacritics (those that Unicode added up to version 17 too), Cyrillic, Hebrew points, Arabic vowel signs,
  /// marks for symbols, half marks, variation selectors.
  /// Vowel signs of the scripts of South and South-East Asia are Mn too, but to drop them would merge different words.
  static let droppedMarks: [ClosedRange<UInt32>] = [
    0x0300...0x036F, 0x0483...0x0487, 0x0591...0x05BD, 0x05BF...0x05BF, 0x05C1...0x05C2, 0x05C4...0x05C5,
    0x05C7...0x05C7, 0x0610...0x061A, 0x064B...0x065F, 0x0670...0x0670, 0x06D6...0x06DC, 0x06DF...0x06E4,
    0x06E7...0x06E8, 0x06EA...0x06ED, 0x1AB0...0x1ABD, 0x1ABF...0x1ADD, 0x1AE0...0x1AEB, 0x1DC0...0x1DFF,
    0x20D0...0x20DC, 0x20E1...0x20E1, 0x20E5...0x20F0, 0x2DE0...0x2DFF, 0xA66F...0xA66F, 0xA674...0xA67D,
    0xA69E...0xA69F, 0xFE00...0xFE0F, 0xFE20...0xFE2F, 0xE0100...0xE01EF,
  ]
}
