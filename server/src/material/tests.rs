use std::time::{Duration, Instant};

use domain::participation::Material;

use super::*;

/// Every element in HTML of ours with what stands within its brackets.
fn elements(html: &str) -> Vec<&str> {
    (html.split('<').skip(1))
        .map(|rest| rest.split('>').next().unwrap_or_default())
        .collect()
}

#[test]
fn markdown_becomes_headings_below_the_pages_own_paragraphs_lists_and_links() {
    let html = html(
        "# Rubrik\n\nEtt *kort* **stycke** med `ord`.\n\n- ett\n- [två](https://example.se/x?a=1&b=2)\n\n1. först\n\n> citat\n\n---\n\n###### Djupt",
    );
    for part in [
        "<h2>Rubrik</h2>",
        "<p>Ett <em>kort</em> <strong>stycke</strong> med <code>ord</code>.</p>",
        "<ul>\n<li>ett</li>\n<li><a href=\"https://example.se/x?a=1&amp;b=2\">två</a></li>\n</ul>",
        "<ol>\n<li>först</li>\n</ol>",
        "<blockquote>\n<p>citat</p>\n</blockquote>",
        "<hr />",
        "<h6>Djupt</h6>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn html_in_a_text_is_shown_as_it_was_written() {
    for raw in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "text <b onmouseover=\"alert(1)\">fet</b> text",
        "<iframe src=\"https://example.se\"></iframe>",
        "<svg/onload=alert(1)>",
        "<!-- <script>alert(1)</script> -->",
        "<?php echo 1 ?>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<style>body{display:none}</style>\n\n<form action=\"https://example.se\">",
        "- <details open ontoggle=alert(1)>",
        "> <a href=\"javascript:alert(1)\">x</a>",
        "# <script>alert(1)</script>",
        "```<script>\n<script>alert(1)</script>\n```",
        "    <script>alert(1)</script>",
        "`<script>`",
    ] {
        let html = html(raw);
        for element in elements(&html) {
            let name = element.trim_start_matches('/');
            let name = name.split([' ', '/']).next().unwrap_or_default();
            let known = [
                "p",
                "em",
                "strong",
                "code",
                "pre",
                "ul",
                "ol",
                "li",
                "h2",
                "blockquote",
            ];
            assert!(known.contains(&name), "{element} of {raw} in {html}");
            let attributes = element.strip_prefix(name).unwrap_or_default();
            assert!(
                attributes.is_empty()
                    || attributes.starts_with(" class=\"language-")
                    || element.starts_with('/'),
                "{element} of {raw} in {html}"
            );
        }
    }
    let shown = html("<b>fet</b>");
    assert!(shown.contains("&lt;b&gt;fet&lt;/b&gt;"), "{shown}");
}

#[test]
fn links_lead_to_web_and_mail_addresses_only_and_pictures_become_words() {
    for foul in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](&#106;avascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](\u{1}javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "[x](//example.se)",
        "[x](/logga-ut)",
        "[x](?klart=sparat)",
        "[x](https://)",
        "<javascript:alert(1)>",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "![x](https://example.se/bild.png)",
        "![x](javascript:alert(1) \"titel\")",
    ] {
        let html = html(foul);
        assert!(
            !html.contains("<a ") && !html.contains("<img"),
            "{foul}: {html}"
        );
        assert!(
            html.contains('x') || html.contains("javascript"),
            "the words are left: {html}"
        );
    }
    for fair in [
        "[x](https://example.se)",
        "[x](HTTP://example.se \"titel\")",
        "[x](mailto:kim@example.se)",
        "<https://example.se>",
        "<kim@example.se>",
    ] {
        let html = html(fair);
        assert!(html.contains("<a href=\""), "{fair}: {html}");
        assert!(!html.contains("titel"), "{html}");
    }
    let quoted = html("[x](https://example.se/\"onmouseover=\"alert(1))");
    assert!(!quoted.contains("\"onmouseover"), "{quoted}");
}

#[test]
fn the_longest_and_most_tangled_texts_are_read_at_once_and_stay_flat() {
    let most = Material::MAX;
    let mut tangled: Vec<String> = [
        "> ", "- ", "[", "*", "`", "<", "![", "\\", "&", "_a_*", "[x](", "<!--",
    ]
    .map(|piece| piece.repeat(most / piece.chars().count()))
    .to_vec();
    let steps = (0..150).map(|depth| format!("{}- x\n", " ".repeat(depth * 2)));
    tangled.push(steps.collect());
    for text in tangled {
        let begun = Instant::now();
        let html = html(&text);
        let took = begun.elapsed();
        assert!(took < Duration::from_secs(2), "{took:?}: {}", &text[..10]);
        let nests = ["blockquote", "ul", "li"];
        let (mut depth, mut deepest) = (0_usize, 0);
        for element in elements(&html) {
            if nests.contains(&element) {
                depth += 1;
                deepest = deepest.max(depth);
            } else if element
                .strip_prefix('/')
                .is_some_and(|end| nests.contains(&end))
            {
                depth -= 1;
            }
        }
        assert!(deepest <= 2 * DEEPEST, "{deepest}: {}", &text[..10]);
        for tag in ["blockquote", "ul", "li", "p"] {
            assert_eq!(
                html.matches(&format!("<{tag}>")).count(),
                html.matches(&format!("</{tag}>")).count(),
                "every {tag} that begins ends"
            );
        }
    }
}

#[test]
fn the_standard_text_is_short_fits_and_is_shown_whole_in_both_languages() {
    for language in [Language::Swedish, Language::English] {
        let text = standard(language);
        Material::parse(text).expect("it can be edited and saved as it is");
        let words = text.split_whitespace().count();
        assert!((450..=800).contains(&words), "{words} words");
        let html = html(text);
        assert!(
            html.starts_with("<p>") && html.matches("<h2>").count() >= 4,
            "{html}"
        );
        assert!(!html.contains("&lt;") && !html.contains("**"), "{html}");
    }
    assert_eq!(minutes(""), 1);
    assert_eq!(minutes(&"ord ".repeat(WORDS_A_MINUTE + 1)), 2);
}
