/// How the page looks: one accent colour, a scale of colours that can be told apart with any colour vision, light and dark,
/// wide and narrow, and on paper.
enum Stylesheet {
  /// Without `<` and `&`, so that it is the same as HTML and as XML.
  static let css: HTML = """

    :root {
      color-scheme: light dark;
      --paper: #fbfaf7; --card: #ffffff; --ink: #1b1d21; --soft: #5b5f66; --line: #e3e0d8; --faint: #efece4;
      --a: #0b63a5; --b: #c2590a; --c: #168a68; --d: #a5558a; --e: #8d8a83;
      --in: #0b63a5; --out: #a8480a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #14161a; --card: #1c1f25; --ink: #eceae6; --soft: #a9adb5; --line: #333841; --faint: #23272e;
        --a: #5aaeea; --b: #f0924c; --c: #45c49a; --d: #d694bd; --e: #8b8f97;
        --in: #7cc0f2; --out: #f5a66c;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; }
    body {
      margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial,
        "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
      font-variant-numeric: tabular-nums lining-nums;
    }
    :lang(zh) {
      font-family: "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC",
        system-ui, sans-serif;
    }
    main { max-width: 1120px; margin: 0 auto; padding: 48px 32px 32px; }
    header { margin-bottom: 28px; }
    .kicker { margin: 0 0 6px; color: var(--a); font-weight: 600; font-size: 13px; letter-spacing: 0.02em; }
    h1 { margin: 0; font-size: 34px; line-height: 1.15; letter-spacing: -0.015em; font-weight: 700; text-wrap: balance; }
    .period { margin: 8px 0 0; color: var(--soft); }
    .period span { display: inline-block; margin-left: 12px; }
    .headline {
      display: grid; grid-template-columns: repeat(6, auto); gap: 0 16px; margin: 0 0 8px; border-top: 2px solid var(--ink);
      border-bottom: 1px solid var(--line);
    }
    .headline div { padding: 14px 0; }
    .headline dt { color: var(--soft); font-size: 13px; }
    .headline dd { margin: 0; font-size: 26px; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; }
    .headline dd.sub { font-size: 13px; font-weight: 400; letter-spacing: 0; color: var(--soft); margin-top: 3px; }
    section { padding: 30px 0 6px; min-width: 0; }
    h2 { margin: 0 0 2px; font-size: 20px; line-height: 1.25; letter-spacing: -0.005em; font-weight: 680; }
    h3 { margin: 0; font-size: 15px; line-height: 1.35; font-weight: 620; }
    p { margin: 0; }
    .lead { color: var(--soft); margin: 0 0 16px; max-width: 70ch; }
    .nothing { color: var(--soft); padding: 14px 0; border-top: 1px solid var(--line); }
    .aside { color: var(--soft); font-size: 13px; margin-top: 8px; }
    code { font: 0.92em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
    .pair { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 0 56px; }
    .columns2 { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 24px 56px; }
    figure { margin: 0; min-width: 0; }
    figcaption { display: flex; justify-content: space-between; gap: 12px; align-items: baseline; margin-bottom: 4px; }
    figcaption .num { font-weight: 650; }
    .multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(270px, 1fr)); gap: 24px 40px; }
    .words { font-size: 13px; color: var(--soft); margin-top: 2px; }
    .words > span { display: inline-block; margin-right: 10px; }
    .words b { color: var(--ink); font-weight: 620; }
    svg { display: block; overflow: visible; }
    svg text {
      font-size: 12px; fill: var(--soft); unicode-bidi: isolate; paint-order: stroke; stroke: var(--paper);
      stroke-width: 3px; stroke-linejoin: round;
    }
    svg.columns { width: calc(100% - 40px); margin-left: 40px; }
    svg.flush { width: 100%; margin-left: 0; }
    svg.bar { width: 100%; }
    svg .note { fill: var(--ink); font-weight: 600; }
    svg .grid { stroke: var(--line); stroke-width: 1; shape-rendering: crispEdges; }
    svg .base { stroke: var(--soft); stroke-width: 1; shape-rendering: crispEdges; }
    svg .mark { stroke: var(--soft); }
    svg .reach { stroke: var(--a); stroke-width: 1.5; }
    svg .range { fill: var(--a); fill-opacity: 0.4; }
    svg .median { fill: var(--a); }
    .a { fill: var(--a); } .b { fill: var(--b); } .c { fill: var(--c); } .d { fill: var(--d); } .e { fill: var(--e); }
    .mid { fill-opacity: 0.7; } .light { fill-opacity: 0.48; }
    .legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 0 0 8px; padding: 0; font-size: 13px; }
    .legend li { display: flex; align-items: center; gap: 6px; }
    table { width: 100%; border-collapse: collapse; }
    caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    th, td { padding: 7px 0 7px 16px; text-align: left; vertical-align: middle; border-top: 1px solid var(--line); font-weight: 400; }
    th:first-child { padding-left: 0; }
    thead th { border-top: 0; padding-top: 0; padding-bottom: 5px; color: var(--soft); font-size: 13px; vertical-align: bottom; }
    th.num, td.num { text-align: right; white-space: nowrap; overflow-wrap: normal; width: 1%; }
    th.word, td.word { white-space: nowrap; width: 1%; }
    th.plot, td.plot { width: 46%; }
    td.pyramid { padding-top: 1px; padding-bottom: 1px; }
    th.count, td.count { text-align: left; white-space: nowrap; overflow-wrap: normal; width: 1%; }
    h1, h3, tbody th, small, .why, .notes, .words { overflow-wrap: anywhere; }
    tbody th { min-width: 8.5em; }
    table.bare th, table.bare td { border-top-color: transparent; }
    table.bare tbody th { min-width: 0; width: 1%; white-space: nowrap; }
    table.bare td.plot { width: auto; }
    th bdi[lang] { display: inline-block; }
    .inner { display: block; padding-left: 14px; }
    tbody small { display: block; color: var(--soft); font-size: 13px; line-height: 1.4; }
    details { margin-top: 12px; font-size: 13px; }
    summary { cursor: pointer; color: var(--soft); width: fit-content; }
    summary:hover { color: var(--ink); }
    :focus-visible { outline: 2px solid var(--a); outline-offset: 3px; border-radius: 2px; }
    details + table { margin-top: 18px; }
    h2 + table, h2 + .legend, h2 + .nothing { margin-top: 12px; }
    .scroll { overflow-x: auto; max-height: 420px; overflow-y: auto; margin-top: 8px; }
    .scroll th, .scroll td { white-space: nowrap; padding-top: 3px; padding-bottom: 3px; }
    .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); gap: 16px; margin-top: 20px; }
    .why { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px 14px; font-size: 14px; }
    .who { display: flex; flex-wrap: wrap; gap: 0 10px; align-items: baseline; color: var(--soft); font-size: 13px; }
    .who .in, .who .out { font-weight: 650; }
    .who .in { color: var(--in); } .who .out { color: var(--out); }
    .what { font-weight: 600; margin: 4px 0 6px; line-height: 1.4; }
    .why ul { margin: 0; padding: 0 0 0 16px; }
    .why li { margin: 2px 0; }
    .why li::marker { color: var(--soft); }
    .why li b { font-weight: 620; margin-left: 4px; }
    .why li code { color: var(--soft); margin-left: 4px; }
    .otherwise { margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--line); color: var(--soft); }
    .otherwise span { color: var(--ink); font-weight: 600; }
    .notes { margin: 6px 0 0; padding: 0 0 0 18px; font-size: 14px; }
    .notes li { margin: 6px 0; }
    section > h3, section > ul + h3 { margin-top: 18px; }
    footer { margin-top: 36px; padding-top: 14px; border-top: 1px solid var(--line); color: var(--soft); font-size: 13px; }
    footer p { max-width: 90ch; }
    @media (max-width: 860px) {
      .pair, .columns2 { grid-template-columns: minmax(0, 1fr); }
      .headline { grid-template-columns: repeat(3, 1fr); }
    }
    @media (max-width: 600px) {
      main { padding: 28px 16px 24px; }
      h1 { font-size: 26px; }
      .headline { grid-template-columns: repeat(2, 1fr); }
      .headline dd { font-size: 23px; }
      .period span { display: block; margin-left: 0; }
      .wide { display: none; }
      th, td { padding-left: 10px; }
      th.plot, td.plot { width: 34%; }
      tbody th { min-width: 5.5em; }
      .cards { grid-template-columns: minmax(0, 1fr); }
    }
    @media print {
      :root {
        color-scheme: light;
        --paper: #ffffff; --card: #ffffff; --ink: #000000; --soft: #444444; --line: #cccccc; --faint: #eeeeee;
        --a: #0b63a5; --b: #c2590a; --c: #168a68; --d: #a5558a; --e: #8d8a83; --in: #0b63a5; --out: #a8480a;
      }
      * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      body { font-size: 10.5pt; }
      main { max-width: none; padding: 0; }
      details { display: none; }
      h2, h3, .lead, .legend, figcaption, thead { break-after: avoid; }
      footer { break-before: avoid; }
      figure, .why, tr, .headline { break-inside: avoid; }
    }

    """
}
