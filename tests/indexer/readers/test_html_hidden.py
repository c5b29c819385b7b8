from __future__ import annotations

import pytest
from reading import read_with, shown

from indexer.readers.html import read_html


def _texts(html):
    return [text for _, _, text in shown(read_with(read_html, html))]


@pytest.mark.parametrize(
    "element",
    [
        "<p hidden>x</p>",
        "<p aria-hidden=true>x</p>",
        "<p style='display: none'>x</p>",
        "<p style='color:red;DISPLAY:NONE !important'>x</p>",
        "<p style='visibility:hidden'>x</p>",
        "<p style='opacity:0'>x</p>",
        "<p style='opacity: 0.0;'>x</p>",
        "<p style='font-size:0'>x</p>",
        "<p style='font-size: 1px'>x</p>",
        "<p style='color:#fff'>x</p>",
        "<p style='color: white; background: #FFFFFF'>x</p>",
        "<div style='background-color:#123456'><span style='color: #123456'>x</span></div>",
        "<p style='position:absolute;left:-9999px'>x</p>",
        "<p style='text-indent:-9999px'>x</p>",
        "<p class='visually-hidden'>x</p>",
        "<p class='a govuk-visually-hidden'>x</p>",
        "<p class=sr-only>x</p>",
        "<!-- x -->",
        "<script>x</script>",
        "<style>x</style>",
        "<template>x</template>",
        "<noscript>x</noscript>",
        "<svg><text>x</text></svg>",
        "<iframe>x</iframe>",
        "<textarea>x</textarea>",
        "<select><option>x</select>",
        "<label>x</label>",
        "<button>x</button>",
        "<dialog>x</dialog>",
        "<nav>x</nav>",
        "<footer>x</footer>",
        "<header>x</header>",
        "<div role=navigation>x</div>",
        "<div role=banner>x</div>",
        "<div role=contentinfo>x</div>",
        "<form role=search>x</form>",
        "<div role=complementary>x</div>",
        "<aside><a href=/>x</a></aside>",
        "<div id=cookie-banner>x</div>",
        "<div class='cookies'>x</div>",
        "<div id=onetrust-consent-sdk>x</div>",
        "<div class='consent-popup'>We use cookies. x</div>",
        "<ol class=govuk-breadcrumbs><li>x</ol>",
        "<div class=breadcrumb>x</div>",
        "<a class=skip-link href='#main'>x</a>",
        "<a href='#content'>Skip to main content</a>",
        "<a href='#top'>Back to top</a>",
        "<ul class='pagination'><li>x</ul>",
        "<div class=share-links>x</div>",
        "<div class='page-feedback'>x</div>",
        "<div class=related-links>x</div>",
    ],
)
@pytest.mark.parametrize("page", ["<main><p>Before</p>{}<p>After</p></main>", "<p>Before</p>{}<p>After</p>"])
def test_what_is_not_the_reports_text(page, element):
    assert _texts(page.format(element)) == ["Before", "After"]


@pytest.mark.parametrize(
    "element",
    [
        "<p style='opacity:0.5'>x</p>",
        "<p style='font-size:0.9em'>x</p>",
        "<p style='font-size:10px'>x</p>",
        "<p style='font-size:1em'>x</p>",
        "<p style='font-size:1.2rem;color:#000'>x</p>",
        "<div style='background:#003366'><p style='color:#fff'>x</p></div>",
        "<p style='color:white;background:black'>x</p>",
        "<p style='left:-5px'>x</p>",
        "<section id=consent>x</section>",
        "<section id=learning-from-feedback>x</section>",
        "<p class=shared-lives>x</p>",
        "<div class=market-shared>x</div>",
        "<aside>x</aside>",
        "<a href='#findings'>x</a>",
        "<dialog open>x</dialog>",
        "<p aria-hidden=false>x</p>",
        "<form><p>x</p></form>",
        "<section><header><h2>x</h2></header></section>",
    ],
)
def test_what_looks_like_furniture_and_is_text(element):
    assert _texts(f"<main><p>Before</p>{element}<p>After</p></main>") == ["Before", "x", "After"]


def test_a_page_that_its_script_would_show():
    assert _texts("<body style='opacity:0;visibility:hidden'><p>Text</p>") == ["Text"]


def test_a_panel_that_only_the_site_menu_opens_stays_hidden():
    html = "<header><button aria-controls=menu>Menu</button></header><div id=menu hidden>Links</div><p>Text</p>"
    assert _texts(html) == ["Text"]


def test_a_large_part_of_the_page_is_no_widget_whatever_its_class():
    prose = "The council listened to people. " * 200
    assert _texts(f"<div class='cookies feedback'><p>{prose}</p></div>") == [prose.strip()]


def test_hidden_words_inside_cells_and_headings():
    html = (
        "<h2>Seen<span hidden> not</span></h2><table><tr><th>A<th>B<tr><td>1<td>2<b style='display:none'>3</b></table>"
    )
    assert _texts(html) == ["Seen", "1\t2"]


def test_invisible_characters_are_taken_out_and_told():
    document = read_with(read_html, "<p>a&#8203;b\u202e c&shy;d \ufffd</p>")
    assert [b.text for b in document.blocks] == ["ab cd \ufffd"]
    assert {n.code for n in document.notices} == {"invisible-characters", "replacement-characters"}
    assert "1 × U+200B" in document.notices[0].message
