"""The widget's sources as one module, and the addresses that bring it."""

from __future__ import annotations

import base64
import gzip
import hashlib

import pytest

from service.channels.widget.module import ENTRY, ModuleError, WidgetModule, assemble, load_module
from service.channels.widget.routes import PATH, script_element

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def module() -> WidgetModule:
    return load_module()


def test_it_is_small_and_says_what_it_is(module):
    assert len(module.compressed) < 30_000
    assert gzip.decompress(module.compressed) == module.text
    assert module.integrity == f"sha384-{base64.b64encode(hashlib.sha384(module.text).digest()).decode()}"


def test_nothing_in_it_makes_markup_or_code_out_of_text(module):
    text = module.text.decode()
    for never in (
        "innerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        ".style.",
        "localStorage",
    ):
        assert never not in text
    assert "https://" not in text.replace("https://citewise.example", "")


def test_sources_stand_behind_what_they_need():
    sources = {
        ENTRY: 'import { two } from "./b.js";\nimport { one } from "./a.js";\n\ntwo(one);\n',
        "b.js": 'import { one } from "./a.js";\n\n/** Doc.\n * Of two lines. */\nexport function two() {\n  // why\n  return one;\n}\n',
        "a.js": "export const one = 1;\n",
        "unused.js": "export const three = 3;\n",
    }
    assert assemble(sources, ENTRY) == "const one = 1;\nfunction two() {\n  return one;\n}\ntwo(one);\n"


@pytest.mark.parametrize(
    ("sources", "told"),
    [
        ({ENTRY: 'import { a } from "./gone.js";\n'}, "citewise.js imports gone.js, which is not there"),
        ({ENTRY: 'import * as a from "./a.js";\n', "a.js": ""}, "citewise.js: 'import \\* as a"),
        ({ENTRY: "export default 1;\n"}, "citewise.js: 'export default 1;'"),
        ({ENTRY: 'import { a } from "./a.js";\n', "a.js": 'import { b } from "./citewise.js";\n'}, "in a circle"),
        (
            {ENTRY: 'import { a } from "./a.js";\nconst a = 1;\n', "a.js": "export const a = 2;\n"},
            "citewise.js and a.js both have a",
        ),
    ],
)
def test_what_cannot_be_put_together_is_named(sources, told):
    with pytest.raises(ModuleError, match=told):
        assemble(sources, ENTRY)


def test_both_languages_have_the_same_strings():
    import re
    from importlib.resources import files

    folder = files("service.channels.widget") / "source"
    names = {}
    for language in ("english", "welsh"):
        found = re.findall(r'^  (\w+): "(.+)",$', (folder / f"{language}.js").read_text(encoding="utf-8"), re.MULTILINE)
        names[language] = {name: sorted(re.findall(r"\{\d\}", text)) for name, text in found}
    plural = re.compile(r"_(?:zero|one|two|few|many|other)$")
    english, welsh = names["english"], names["welsh"]
    assert len(english) > 60
    assert {plural.sub("", name) for name in english} == {plural.sub("", name) for name in welsh}
    assert {n: v for n, v in english.items() if not plural.search(n)} == {
        n: v for n, v in welsh.items() if not plural.search(n)
    }


async def test_it_is_served_whole_compressed_and_only_when_it_is_new(door, module):
    plain = await door.get(PATH, headers={"Accept-Encoding": "identity"})
    assert plain.content == module.text
    assert plain.headers["content-type"].startswith("text/javascript")
    assert plain.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "max-age" in plain.headers["cache-control"]
    packed = await door.get(PATH, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == module.text
    again = await door.get(PATH, headers={"If-None-Match": plain.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_the_page_names_the_very_module_that_is_served(door, module):
    reply = await door.get("/")
    assert f'src="{PATH}"' in reply.text
    assert f'integrity="{module.integrity}"' in reply.text
    policy = reply.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_element_for_a_page_names_address_and_integrity(module):
    assert script_element(module, "https://intranet.example/citewise/") == (
        f'<script type="module" src="https://intranet.example/citewise/widget/v1/citewise.js" '
        f'integrity="{module.integrity}" crossorigin="anonymous"></script>'
    )
