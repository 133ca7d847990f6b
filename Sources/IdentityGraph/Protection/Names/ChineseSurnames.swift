import TextMatching

/// Family names in Han characters: those of two characters, those read otherwise than the character alone, and how the
/// commonest are written in Hong Kong, Taiwan and Southeast Asia.
enum ChineseSurnames {
  /// How many characters of a whole name are the family's.
  static func length(in name: [UInt32]) -> Int { name.count > 2 && compound.contains(Array(name.prefix(2))) ? 2 : 1 }

  /// Whether a name of two characters may be a given name alone, as its first is no usual family name: 鑫莹, but not 王伟.
  static func mayLack(_ name: [UInt32]) -> Bool { name.count == 2 && !usual.contains(name[0]) }

  /// The readings of a family name in Pinyin; none when a character is not known.
  static func readings(of surname: ArraySlice<UInt32>) -> [[UInt8]] {
    var readings: [[UInt8]] = [[]]
    for character in surname {
      let usual = Pinyin.syllable(of: character).map { [$0] } ?? []
      let own = special[character].map { [$0] } ?? []
      let syllables = usual + own.filter { !usual.contains($0) }
      readings = readings.flatMap { reading in syllables.map { reading + $0 } }
    }
    return readings
  }

  /// Other spellings of a family name: Cantonese, Hokkien, Wade–Giles.
  static func romanisations(of surname: ArraySlice<UInt32>) -> [[UInt8]] {
    guard surname.count == 1, let character = surname.first else { return [] }
    return others[character] ?? []
  }

  /// The commonest family names, some nine in ten people's.
  private static let usual: Set<UInt32> = Set(
    """
    王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林郑鄭谢謝罗羅梁宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董潘袁蔡蒋蔣余于於杜叶葉程魏苏蘇吕呂丁
    任沈姚卢盧傅钟鍾姜崔谭譚廖范汪陆陸金石戴贾賈韦韋夏邱丘方侯邹鄒熊孟秦白江阎閻薛尹段雷黎史龙龍陶贺賀顾顧毛郝龚龔邵万萬钱錢严嚴赖賴覃洪武莫孔汤湯
    向常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關焦祝柳左甘纪紀柴管符霍尚成葉阮路项項穆喻谷辛华華包凌尤季曲臧蒙
    """.unicodeScalars.filter { !$0.properties.isWhitespace }.map(\.value))

  private static let compound: Set<[UInt32]> = Set(
    """
    欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 司徒 令狐 夏侯 长孙 長孫 宇文 轩辕 軒轅 端木 南宫 南宮
    独孤 獨孤 百里 呼延 东郭 東郭 闻人 聞人 澹台 澹臺 濮阳 濮陽 淳于 单于 單于 钟离 鍾離 申屠 赫连 赫連
    """.split(whereSeparator: \.isWhitespace).map { $0.unicodeScalars.map(\.value) })

  /// Characters that have a reading of their own as a family name.
  private static let special = table(
    """
    单 shan
    單 shan
    曾 zeng
    解 xie
    查 zha
    区 ou
    區 ou
    仇 qiu
    盖 ge
    蓋 ge
    任 ren
    朴 piao
    乐 yue
    樂 yue
    覃 qin
    翟 zhai
    缪 miao
    繆 miao
    华 hua
    華 hua
    员 yun
    員 yun
    种 chong
    冼 xian
    尉 yu
    长 zhang
    長 zhang
    """
  ).compactMapValues(\.first)

  private static let others = table(
    """
    陈 chan tan chin
    陳 chan tan chin
    王 wong ong
    汪 wong ong
    黄 wong ng ooi
    黃 wong ng ooi
    李 lee
    林 lam lim
    张 cheung teo chong
    張 cheung teo chong
    章 cheung
    刘 lau low
    劉 lau low
    吴 ng goh
    吳 ng goh
    梁 leung neo leong
    何 ho
    周 chow chou chew
    郑 cheng tay
    鄭 cheng tay
    杨 yeung yeo yeoh
    楊 yeung yeo yeoh
    谢 tse hsieh chia
    謝 tse hsieh chia
    许 hsu hui koh khoo
    許 hsu hui koh khoo
    曾 tsang tseng chan
    冯 fung foong
    馮 fung foong
    朱 chu choo
    徐 hsu tsui chee
    郭 kwok kuo quek
    罗 law lo loh
    羅 law lo loh
    叶 yip yeh yap
    葉 yip yeh yap
    邓 tang teng
    鄧 tang teng
    蔡 choi tsai chua
    谭 tam
    譚 tam
    彭 pang phang
    余 yu yue yee
    萧 siu hsiao seow
    蕭 siu hsiao seow
    赵 chiu chao
    趙 chiu chao
    孙 suen
    孫 suen
    胡 wu woo oh
    高 ko kao
    马 mah
    馬 mah
    苏 so soh
    蘇 so soh
    江 kong chiang
    钟 chung
    鍾 chung
    陆 luk
    陸 luk
    袁 yuen
    邱 yau chiu khoo
    廖 liu liew leow
    卢 lo loo
    盧 lo loo
    姚 yiu
    崔 chui choi
    方 fong
    石 shek shih
    潘 poon phua
    温 wan
    溫 wan
    关 kwan
    關 kwan
    韩 hon
    韓 hon
    唐 tong
    沈 shum sim
    蒋 cheung chiang
    蔣 cheung chiang
    """)

  private static func table(_ text: String) -> [UInt32: [[UInt8]]] {
    var table: [UInt32: [[UInt8]]] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard let character = words.first?.unicodeScalars.first else { continue }
      table[character.value] = words.dropFirst().map { Array($0.utf8) }
    }
    return table
  }
}
