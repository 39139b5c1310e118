package io.agrippa.cli.html;

import java.util.List;

/** A page, from top to bottom. */
public final class Page {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0;
        --panel: #f6f8fa; --warn: #9a6700;
        --c0: #0a66c2; --c1: #c2410c; --c2: #15803d; --c3: #7e22ce; --c4: #b45309; --c5: #0e7490; --c6: #be185d; --c7: #4d7c0f; }
      @media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --ink: #e6edf3; --soft: #9198a1; --line: #3d444d;
        --panel: #151b23; --warn: #d29922;
        --c0: #58a6ff; --c1: #ff9b5e; --c2: #4ade80; --c3: #c084fc; --c4: #fbbf24; --c5: #22d3ee; --c6: #f472b6; --c7: #a3e635; } }
      @media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #fff; --warn: #7a5200;
        --c0: #0a66c2; --c1: #c2410c; --c2: #15803d; --c3: #7e22ce; --c4: #b45309; --c5: #0e7490; --c6: #be185d; --c7: #4d7c0f; }
        details > * { display: block; } figure, .finding, tr { break-inside: avoid; } body { font-size: 10pt; }
        .scroll { overflow: visible; } table { font-size: 6.5pt; } th, td { padding: 1pt 3pt; white-space: normal; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--paper); color: var(--ink);
        font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; }
      h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
      p { margin: .4rem 0; }
      .lead { color: var(--soft); margin-bottom: 1rem; overflow-wrap: anywhere; }
      .finding { border-left: 4px solid var(--c0); background: var(--panel); padding: .5rem .75rem; margin: .6rem 0; }
      .finding.warn { border-color: var(--warn); }
      .finding b { display: block; font-size: .8rem; color: var(--soft); font-weight: 600; }
      .finding small { display: block; color: var(--soft); font-size: .85rem; margin-top: .25rem; overflow-wrap: anywhere; }
      figure { margin: 1rem 0; }
      figcaption { color: var(--soft); font-size: .9rem; margin-top: .25rem; }
      .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 1.5rem; }
      svg { display: block; width: 100%; height: auto; max-width: 36rem; } svg.wide { max-width: none; }
      svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
      svg .soft { fill: var(--soft); } svg .axis { stroke: var(--line); stroke-width: 1; fill: none; }
      svg .guide { stroke: var(--soft); stroke-dasharray: 4 4; fill: none; }
      .s0 { --s: var(--c0); } .s1 { --s: var(--c1); } .s2 { --s: var(--c2); } .s3 { --s: var(--c3); }
      .s4 { --s: var(--c4); } .s5 { --s: var(--c5); } .s6 { --s: var(--c6); } .s7 { --s: var(--c7); }
      svg .mark { stroke: var(--s); fill: none; stroke-width: 2; } svg .fill { fill: var(--s); }
      svg .band { fill: var(--s); opacity: .25; } svg .dash { stroke: var(--s); fill: none; stroke-dasharray: 5 3; stroke-width: 1.5; }
      .legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; font-size: .85rem; margin: .25rem 0; }
      .legend i { display: inline-block; width: .8rem; height: .8rem; background: var(--s); margin-right: .35rem; border-radius: 2px; }
      .scroll { overflow-x: auto; }
      table { border-collapse: collapse; font-size: .85rem; width: 100%; }
      th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
      th:first-child, td:first-child { text-align: left; }
      th { color: var(--soft); font-weight: 600; }
      code { font-size: .85em; overflow-wrap: anywhere; }
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  /** A page with a title. */
  public Page(String title) {
    this.title = title;
    body.append("<h1>").append(Markup.escaped(title)).append("</h1>\n");
  }

  /** A line under the title. */
  public Page lead(String text) {
    return element("p", "lead", Markup.text(text));
  }

  /** The head of a section. */
  public Page section(String head) {
    return element("h2", "", Markup.text(head));
  }

  /** A paragraph. */
  public Page paragraph(String text) {
    return element("p", "", Markup.text(text));
  }

  /** A command or the like, in a typewriter's letters. */
  public Page code(String text) {
    body.append("<p><code>").append(Markup.escaped(text)).append("</code></p>\n");
    return this;
  }

  /** An answer with what it rests on. */
  public Page finding(String topic, String answer, String evidence) {
    return finding("finding", topic, answer, evidence);
  }

  /** A caution with what it rests on. */
  public Page caution(String topic, String answer, String evidence) {
    return finding("finding warn", topic, answer, evidence);
  }

  private Page finding(String kind, String topic, String answer, String evidence) {
    return element(
        "div",
        kind,
        new Markup(
            "<b>%s</b>%s<small>%s</small>"
                .formatted(
                    Markup.escaped(topic), Markup.escaped(answer), Markup.escaped(evidence))));
  }

  /** A picture with what it shows in words. */
  public Page figure(Markup picture, String caption) {
    body.append(figureText(picture, caption));
    return this;
  }

  /** Pictures side by side where there is room. */
  public Page figures(List<Markup> pictures) {
    body.append("<div class=\"grid\">");
    pictures.forEach(picture -> body.append(picture.text()));
    body.append("</div>\n");
    return this;
  }

  /** A picture with its caption, for {@link #figures}. */
  public static Markup captioned(Markup picture, String caption) {
    return new Markup(figureText(picture, caption));
  }

  private static String figureText(Markup picture, String caption) {
    return "<figure>"
        + picture.text()
        + "<figcaption>"
        + Markup.escaped(caption)
        + "</figcaption></figure>\n";
  }

  /** A table; the first column is text, the others are figures. */
  public Page table(List<String> heads, List<List<String>> rows) {
    body.append("<div class=\"scroll\"><table><thead><tr>");
    heads.forEach(
        head -> body.append("<th scope=\"col\">").append(Markup.escaped(head)).append("</th>"));
    body.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      if (row.size() != heads.size()) {
        throw new IllegalArgumentException(row.size() + " cells under " + heads);
      }
      body.append("<tr>");
      row.forEach(cell -> body.append("<td>").append(Markup.escaped(cell)).append("</td>"));
      body.append("</tr>");
    }
    body.append("</tbody></table></div>\n");
    return this;
  }

  private Page element(String name, String kind, Markup content) {
    body.append('<').append(name);
    if (!kind.isEmpty()) {
      body.append(" class=\"").append(kind).append('"');
    }
    body.append('>').append(content.text()).append("</").append(name).append(">\n");
    return this;
  }

  /** The whole document. */
  public String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + Markup.escaped(title)
        + "</title>\n<style>\n"
        + STYLE
        + "</style>\n</head>\n<body>\n"
        + body
        + "</body>\n</html>\n";
  }
}
