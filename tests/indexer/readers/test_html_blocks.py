from __future__ import annotations

import pytest
from reading import read_with, shown

from indexer.errors import UnreadableFileError
from indexer.readers.html import blocks_of_html, read_html, text_of_html


def _shown(html):
    return shown(read_with(read_html, html))


def test_headings_paragraphs_and_words_in_inline_markup():
    html = "<h1>Ashmere</h1><p><b>W</b>ord <i>and</i><br>line</p>Loose text<div>Div <div>Inner</div> rest</div><h6>Six</h6>"
    assert _shown(html) == [
        ("heading", 1, "Ashmere"),
        ("paragraph", 0, "Word and line"),
        ("paragraph", 0, "Loose text"),
        ("paragraph", 0, "Div"),
        ("paragraph", 0, "Inner"),
        ("paragraph", 0, "rest"),
        ("heading", 6, "Six"),
    ]


def test_text_is_never_markup():
    assert _shown("<p>a &lt;b&gt; &amp;amp; <!-- c --><?php d ?>e</p>") == [("paragraph", 0, "a <b> &amp; e")]


def test_two_line_breaks_part_paragraphs():
    assert _shown("<div>One<br>line<br>\n<br>Two</div>") == [("paragraph", 0, "One line"), ("paragraph", 0, "Two")]


def test_quotations_terms_and_captions_are_paragraphs():
    html = "<blockquote>Said<footer>Somebody</footer></blockquote><dl><dt>Term<dd>Meaning</dl><figure><img alt=x><figcaption>Figure 1</figcaption></figure><pre>a\n  b</pre>"
    assert _shown(html) == [("paragraph", 0, t) for t in ("Said", "Somebody", "Term", "Meaning", "Figure 1", "a b")]


def test_lists_with_levels_and_printed_numbers():
    html = (
        "<ol start=3><li>three<ul><li>inner</li></ul>after</li><li value=7><p>seven</p><p>goes on</p></li><li>eight</ol>"
        "<ol type=a><li>a<li>b</ol><ol type=I start=4><li>four</ol><ol reversed><li>two<li>one</ol>"
        "<ol style='list-style: none'><li>2.1 Said<li>plain</ol>"
    )
    assert _shown(html) == [
        ("list_item", 1, "3| three"),
        ("list_item", 2, "inner"),
        ("list_item", 1, "after"),
        ("list_item", 1, "7| seven"),
        ("list_item", 1, "goes on"),
        ("list_item", 1, "8| eight"),
        ("list_item", 1, "a| a"),
        ("list_item", 1, "b| b"),
        ("list_item", 1, "IV| four"),
        ("list_item", 1, "2| two"),
        ("list_item", 1, "1| one"),
        ("list_item", 1, "2.1| Said"),
        ("list_item", 1, "plain"),
    ]


@pytest.mark.parametrize("value", ["x", "", "²", "9" * 30, "-"])
def test_a_list_number_that_is_none_counts_from_one(value):
    assert _shown(f"<ol start='{value}'><li>item</ol>") == [("list_item", 1, "1| item")]


def test_numbered_paragraphs_and_typed_bullets():
    assert _shown("<p>2.14 The council</p><p>• a point</p><p>12.5 million</p>") == [
        ("paragraph", 0, "2.14| The council"),
        ("list_item", 1, "a point"),
        ("paragraph", 0, "12.5 million"),
    ]


def test_a_heading_that_was_never_closed_does_not_hold_the_report():
    prose = "The council listened. " * 30
    blocks = _shown(f"<h2>Findings<p>{prose}</p>")
    assert blocks == [("paragraph", 0, "Findings"), ("paragraph", 0, prose.strip())]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Key findings</h2><button aria-expanded=false aria-controls=p>Feedback</button><div id=p hidden>Body</div>",
        "<h2>Key findings</h2><button class=accordion>Feedback <i class=icon>+</i></button><div>Body</div>",
        "<h2>Key findings</h2><details><summary>Feedback</summary>Body</details>",
        "<h2>Key findings</h2><h3><button aria-controls=p aria-expanded=false>Feedback</button></h3><div id=p style='display:none'>Body</div>",
        "<h2>Key findings</h2><details><summary><h3>Feedback</h3></summary><p>Body</details>",
        "<h2>Key findings</h2><div role=heading aria-level=3><button>Feedback</button></div>Body",
        "<h2>Key findings</h2><dl class=site-accordion><dt><a href='#'>Feedback</a><dd>Body</dl>",
        "<h2>Key findings</h2><div class=accordion__toggle aria-expanded=false aria-controls=p>Feedback</div><p id=p aria-hidden=true>Body",
        "<h2>Key findings</h2><a data-toggle=collapse class=accordion-toggle href='#p'>Feedback</a><div id=p class=collapse hidden>Body</div>",
        "<h2>Key findings</h2><div role=tablist><button role=tab id=t aria-controls=p>Feedback</button></div><div id=p role=tabpanel hidden>Body</div>",
        "<h2>Key findings</h2><div role=tablist><a role=tab aria-controls=p>Feedback</a></div><div id=p hidden><h3>Feedback</h3>Body</div>",
    ],
)
def test_headings_of_accordions(html):
    assert _shown(f"<main>{html}</main>") == [
        ("heading", 2, "Key findings"),
        ("heading", 3, "Feedback"),
        ("paragraph", 0, "Body"),
    ]


def test_an_accordion_of_a_government_page_gives_each_heading_once():
    html = """
      <main><h1>Ashmere</h1><div class="govuk-accordion" id="a">
      <div class="govuk-accordion__controls"><button class="govuk-accordion__show-all" aria-expanded="false">Show all sections</button></div>
      <div class="govuk-accordion__section"><h2 class="govuk-accordion__section-heading">
        <button aria-controls="c1" class="govuk-accordion__section-button" aria-expanded="false" aria-label="Findings, Show">
          <span class="govuk-accordion__section-heading-text">Findings</span><span class="govuk-visually-hidden">, </span>
          <span class="govuk-accordion__section-toggle" data-nosnippet><span>Show</span></span></button></h2>
        <div id="c1" class="govuk-accordion__section-content" hidden="until-found"><p>Text</p></div></div></div></main>"""
    assert _shown(html) == [("heading", 1, "Ashmere"), ("heading", 2, "Findings"), ("paragraph", 0, "Text")]


def test_panels_nest_and_end():
    html = (
        "<main><h2>Findings</h2><details><summary>One</summary><h5>Deep</h5><details><summary>Inner</summary>a</details></details>"
        "<details><summary>Two</summary>b</details></main>"
    )
    assert [b for b in _shown(html) if b[0] == "heading"] == [
        ("heading", 2, "Findings"),
        ("heading", 3, "One"),
        ("heading", 5, "Deep"),
        ("heading", 6, "Inner"),
        ("heading", 3, "Two"),
    ]


@pytest.mark.parametrize("words", ["Show all sections", "Hide", "Print this page", "Menu", "Read more", "Open all"])
def test_commands_are_not_headings(words):
    assert _shown(f"<main><p>Text</p><button class=accordion aria-expanded=false>{words}</button></main>") == [
        ("paragraph", 0, "Text")
    ]


def test_a_fragment_stands_below_the_heading_above_it():
    blocks = blocks_of_html("<summary>Feedback</summary>text", below=3)
    assert [(b.level, b.text) for b in blocks] == [(4, "Feedback"), (0, "text")]


def test_the_words_of_a_fragment():
    assert text_of_html("a<b>b</b><br>c <span hidden>d</span><!-- e --><p>f</p>") == "ab c f"


def test_the_title_may_stand_in_the_banner():
    assert _shown("<header><a href=/>Site</a><h1>Ashmere</h1></header><main><p>Text</main>")[0] == (
        "heading",
        1,
        "Ashmere",
    )
    assert _shown("<header><h1>Ashmere</h1></header><div>Text</div>")[0] == ("heading", 1, "Ashmere")


def test_main_parts_are_read_once_and_the_rest_not():
    html = "<div>Site</div><main>One<div role=main>Two</div></main><div role=main>Three</div><p>More site"
    assert [text for _, _, text in _shown(html)] == ["One", "Two", "Three"]


def test_an_article_is_read_where_it_is_the_only_one():
    assert [t for _, _, t in _shown("<p>Site<article><header><h1>A</h1></header>Text</article>")] == ["A", "Text"]
    assert [t for _, _, t in _shown("<p>Intro<article>A</article><article>B</article>")] == ["Intro", "A", "B"]


@pytest.mark.parametrize(
    "html",
    [
        "<html><head><title>Only a title</title></head><body></body></html>",
        "<body><script>var a = 'words'</script><style>p {}</style><img alt=words></body>",
        "<body><noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div></body>",
        "<body><div>Please enable JavaScript to continue.</div></body>",
        "<body><nav>Home</nav><p hidden>words</p></body>",
        "<frameset><frame src=a.html></frameset>",
    ],
)
def test_a_page_without_text_is_unreadable(html):
    with pytest.raises(UnreadableFileError) as caught:
        read_with(read_html, html)
    assert caught.value.reason == "no text in the page"
    assert "web page, complete" in caught.value.fix


def test_deep_nesting_is_read():
    deep = 20_000
    assert [t for _, _, t in _shown("<b>" * deep + "words" + "</b>" * deep)] == ["words"]
