"""Stack files are read as the CLI reads them, and faults in them are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from preview import coreyaml, stackfile
from tests.preview.tricky import CONFIG, EXPECTED, TRICKY


def read(folder: Path, text: str, name: str = "Pulumi.dev.yaml") -> stackfile.StackFile:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return stackfile.read(path, "project")


def test_values_arrive_as_the_cli_hands_them_over(tmp_path: Path) -> None:
    values = read(tmp_path, CONFIG).values
    wrong = [text for i, (text, value) in enumerate(TRICKY) if values[f"tricky:v{i}"] != value]
    assert wrong == []
    assert values == EXPECTED


def test_a_key_without_a_namespace_belongs_to_the_project(tmp_path: Path) -> None:
    assert read(tmp_path, "config:\n  size: 1\n  aws:region: x\n").values == {
        "project:size": "1",
        "aws:region": "x",
    }


def test_what_the_cli_writes_beside_the_settings_is_no_fault(tmp_path: Path) -> None:
    text = (
        "secretsprovider: awskms://alias/x\nencryptedkey: x\nencryptionsalt: v1:x\nenvironment: [x]\nconfig: {a: 1}\n"
    )
    assert read(tmp_path, text).values == {"project:a": "1"}


def test_secure_values_become_stand_ins_and_their_keys_secret(tmp_path: Path) -> None:
    text = "config:\n  a: {secure: v1:x}\n  b: {c: [{secure: v1:y}, 1]}\n  d: {secure: false}\n"
    file = read(tmp_path, text)
    stand_in = stackfile.SECURE_STAND_IN
    assert file.values == {
        "project:a": stand_in,
        "project:b": f'{{"c":["{stand_in}",1]}}',
        "project:d": '{"secure":false}',
    }
    assert file.secret_keys == ("project:a", "project:b")


def test_values_of_esc_are_below_those_of_the_file(tmp_path: Path) -> None:
    path, opened = tmp_path / "Pulumi.dev.yaml", tmp_path / "opened.json"
    path.write_text("environment: [acme/dev]\nconfig:\n  a: {b: 1, c: {d: 2}}\n  e: {secure: v1:x}\n")
    opened.write_text(
        '{"project:a": {"objectValue": {"c": {"d": 3, "f": 4}}, "secret": false}, "project:e": {"secret": true},'
        ' "project:g": {"value": "5", "secret": false}, "other:h": {"secret": true}}'
    )
    file = stackfile.read(path, "project", opened=opened)
    stand_in = stackfile.SECURE_STAND_IN
    assert file.values == {
        "project:a": '{"b":1,"c":{"d":2,"f":4}}',
        "project:e": stand_in,
        "project:g": "5",
        "other:h": stand_in,
    }
    assert set(file.secret_keys) == {"project:e", "other:h"}
    assert file.hints == ()
    assert len(stackfile.read(path, "project").hints) == 1


@pytest.mark.parametrize("content", ["[]", "{", '{"a": 1}', None])
def test_values_of_esc_in_another_form(tmp_path: Path, content: str | None) -> None:
    opened = tmp_path / "opened.json"
    if content is not None:
        opened.write_text(content)
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text("config: {}\n")
    with pytest.raises(stackfile.StackFileError, match="pulumi config --open --json"):
        stackfile.read(path, "project", opened=opened)


def test_the_project_s_own_configuration_holds_where_the_file_has_none(tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text(
        "name: project\nconfig:\n  a: {type: integer, default: 1}\n  b: {default: 2}\n  aws:region: {value: x}\n"
        "  c: {type: string}\n  d: plain\n"
    )
    defaults = stackfile.project_config(tmp_path, "project")
    path = tmp_path / "Pulumi.dev.yaml"
    path.write_text("config: {b: 3}\n")
    values = stackfile.read(path, "project", defaults=defaults).values
    assert values == {"project:a": "1", "project:b": "3", "aws:region": "x", "project:d": "plain"}


@pytest.mark.parametrize(
    ("name", "stack"), [("Pulumi.dev.yaml", "dev"), ("knwl.yaml", "knwl"), ("Pulumi.a.b.yml", "a-b")]
)
def test_a_stack_is_named_after_its_file(tmp_path: Path, name: str, stack: str) -> None:
    assert read(tmp_path, "config: {}\n", name).stack == stack


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("config:\n  a: .inf\n", ":2:6: .inf cannot be a setting"),
        ("config:\n  a: [.NaN]\n", ":2:7: .NaN cannot be a setting"),
        ("config:\n  a: 1\n  a: 2\n", ":3:3: the key 'a' appears twice"),
        ("config: {}\nproject:a: 1\n", ":2: project:a is not below `config:`, and would be ignored; indent it"),
        ("config: {}\nConfig: {}\n", ":2: Config is no key of a stack file, and would be ignored; remove it"),
        ("config:\n  a: 1\n  project:a: 2\n", ":3: the key a of line 2 again, with its namespace; keep one of the two"),
        ("config:\n  <<: {a: 1}\n  project:a: 2\n", ":3: the key a of line 1 again, with its namespace; keep one"),
        ("<<: {a: 1}\nconfig: {}\n", ":1: a is no key of a stack file"),
        ("config:\n  project:a: 1\n  a: 1\n", ":3: the key project:a of line 2 again, without its namespace; keep one"),
        ("config:\n  [a]: 1\n", ":2:3: a key must be plain text"),
        ("config:\n  a: !!binary '*'\n", "is not valid YAML"),
        ("config:\n  a: !!set {b}\n", "could not determine a constructor"),
        ("config:\n  a: !thing 1\n", "could not determine a constructor"),
        ("config: [1\n", ":2:1:"),
        ("- a\n", "is not a YAML mapping"),
        ("", "is not a YAML mapping"),
        ("settings: {}\n", "there is no `config:` mapping"),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(stackfile.StackFileError) as caught:
        read(tmp_path, text)
    assert message in str(caught.value)
    assert "Pulumi.dev.yaml" in str(caught.value)


def test_a_missing_file_names_the_others_of_the_folder(tmp_path: Path) -> None:
    read(tmp_path, "config: {}\n")
    with pytest.raises(stackfile.StackFileError, match=r"no such file; the folder has Pulumi\.dev\.yaml"):
        stackfile.read(tmp_path / "Pulumi.prod.yaml", "project")


LINES = """\
config:
  aws:region: us-east-1
  project:compute:
    services:
      api: {port: 80, env: {A: 1},
            paths: [/a, /b]}
      "dotted.name":
        port: 81
    hosts:
      - name: one
      - name: two
  data: &data
    10: ten
    redis: {cache: {}}
  edge: *data
  more: {<<: *data, own: 1}
"""


def test_lines_of_keys_and_items() -> None:
    value, lines = coreyaml.load_with_lines(LINES)
    assert value == coreyaml.load(LINES)
    compute = ("config", "project:compute")
    expected = {
        ("config",): 1,
        ("config", "aws:region"): 2,
        compute: 3,
        (*compute, "services"): 4,
        (*compute, "services", "api"): 5,
        (*compute, "services", "api", "port"): 5,
        (*compute, "services", "api", "env"): 5,
        (*compute, "services", "api", "env", "A"): 5,
        (*compute, "services", "api", "paths"): 6,
        (*compute, "services", "api", "paths", 0): 6,
        (*compute, "services", "api", "paths", 1): 6,
        (*compute, "services", "dotted.name"): 7,
        (*compute, "services", "dotted.name", "port"): 8,
        (*compute, "hosts"): 9,
        (*compute, "hosts", 0): 10,
        (*compute, "hosts", 0, "name"): 10,
        (*compute, "hosts", 1): 11,
        (*compute, "hosts", 1, "name"): 11,
        ("config", "data"): 12,
        ("config", "data", "10"): 13,
        ("config", "data", "redis"): 14,
        ("config", "data", "redis", "cache"): 14,
        ("config", "edge"): 15,
        ("config", "more"): 16,
        ("config", "more", "own"): 16,
    }
    assert lines == expected


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("compute.services.api", 5),
        ("compute.services.api.route", 5),
        ("compute.services.dotted.name.port", 8),
        ("compute.services.web", 4),
        ("compute.hosts.1.name", 11),
        ("data.redis.cache.node", 14),
        ("edge.redis.cache", 15),
        ("observability.dashboards", 1),
        ("", 1),
    ],
)
def test_the_line_of_a_setting_is_the_nearest_that_is_written(tmp_path: Path, setting: str, line: int) -> None:
    assert read(tmp_path, LINES).line_of(setting) == line


def test_a_file_of_repeated_aliases_has_no_more_lines_than_it_writes() -> None:
    levels = "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 10)}]\n" for i in range(1, 5))
    _, lines = coreyaml.load_with_lines(f"l0: &l0 {{a: 1}}\n{levels}")
    assert len(lines) == 5 + 1 + 4 * 10
