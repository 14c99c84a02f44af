"""The register of councils: every row under every usual form; the rest by bodies.toml."""

import csv
import doctest
import time
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline import register
from pipeline.register import councils, lookup

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT.parent / "shared" / "reference" / "uk-local-authorities.csv"
COUNCILS = list(councils().values())
BODIES = tomllib.loads((ROOT / "patterns" / "bodies.toml").read_text("utf-8"))["body"]
TYPES = {"other_authority", "care_provider", "nhs", "school", "other"}


def items(text):
    return [item.strip() for item in text.replace("\n", ";").split(";") if item.strip()]


def code(name, on=None):
    return lookup(name, on).code


def forms(council):
    """The usual ways of writing a council's name, by its type and title."""
    core, name = council.core, council.name
    yield from (name, *council.aliases)
    forms = {
        "county": ["{} County Council", "{} CC", "County Council of {}", "{} County"],
        "london_borough": [
            "London Borough of {}",
            "{} London Borough Council",
            "LB {}",
            "LB of {}",
            "{}, London Borough of",
            "{} LBC",
        ],
        "metropolitan_district": [
            "{} Metropolitan Borough Council",
            "{} MBC",
            "Metropolitan Borough of {}",
            "{} Metropolitan District Council",
        ],
        "district": [
            "{} District Council",
            "{} Borough Council",
            "{} DC",
            "{} BC",
            "Borough of {}",
            "Borough Council of {}",
            "District of {}",
        ],
        "unitary": ["{} Unitary Authority", "{} UA"],
    }[council.type]
    if core == "London":
        forms = [
            "City of London",
            "City of London Council",
            "Corporation of London",
            "The City of London Corporation",
        ]
    if "City" in name:
        forms += [
            "{} City Council",
            "City of {} Council",
            "Council of the City of {}",
            "City of {}",
            "City Council of {}",
        ]
    if name.startswith("Royal"):
        forms += [
            "Royal Borough of {}",
            "Royal Borough of {} Council",
            "RB {}",
            "The Royal Borough of {}",
        ]
    if "Borough" in name:
        forms += ["{} Borough Council", "Borough of {}"]
    yield from (form.format(core) for form in forms)


def spellings(name):
    """One name in other letters, signs and spaces."""
    yield from (
        name,
        name.upper(),
        f"  The  {name} ",
        name.replace(" and ", " & "),
        name.replace("-", " "),
        name.replace(",", ""),
    )
    yield from (
        name.replace("'", "’"),
        name.replace("'", ""),
        name.replace("St ", "St. "),
        name.replace("St ", "Saint "),
    )
    yield from (
        name.replace("upon", "on"),
        name.replace(" upon ", "-upon-"),
        name.replace("-on-", " upon "),
        name.replace(" ", "\u00a0"),
    )
    yield f"{name} (24 003 873)"


@pytest.mark.parametrize("council", COUNCILS, ids=lambda council: council.code)
def test_every_council_under_every_usual_form(council):
    for form in forms(council):
        for name in spellings(form):
            if "(" in name and not register._says(register._parse(form)[1]) and "Council" not in form:
                continue  # a bare place with brackets behind it may be a company
            # the last day of its life, because "X Council" may be its successor's name as well
            body = lookup(name, council.end)
            assert (body.code, body.name) == (council.code, council.name), name
    assert code(f"{council.core} Council", council.end or date.today()) in {council.code, None}
    assert (body.type, body.region, body.population) == (
        council.type,
        council.region,
        council.population,
    )


def test_the_bare_place_and_place_with_council_are_found():
    missing = {c.core for c in COUNCILS if code(c.core, c.end) != c.code or code(f"{c.core} Council", c.end) != c.code}
    assert missing == {"London"}


PRINTED = """
London Borough of Hounslow=E09000018; Wirral Metropolitan Borough Council=E08000015
City of London=E09000001; Royal Borough of Windsor and Maidenhead Council=E06000040
Bath and North East Somerset Council=E06000022
Bournemouth, Christchurch and Poole Council=E06000058
Folkestone & Hythe District Council=E07000112; Shepway District Council=E07000112
Stockton-on-Tees Borough Council=E06000004; Southend-on-Sea City Council=E06000033
Southend-on-Sea Borough Council=E06000033; Medway Council=E06000035; Dorset Council=E06000059
Hull City Council=E06000010; Council of the Isles of Scilly=E06000053
Telford & Wrekin Council=E06000020; Kings Lynn & West Norfolk Council=E07000146
St Helens Metropolitan Borough Council=E08000013; Durham County Council=E06000047
County Durham=E06000047; Nuneaton & Bedworth Borough Council=E07000219
Westminster City Council=E09000033; City of Westminster=E09000033
London Borough of Barking & Dagenham=E09000002; Royal Borough of Kensington & Chelsea=E09000020
Basingstoke & Deane Borough Council=E07000084; Dudley Metropolitan Borough Council=E08000027
Birmingham City Council=E08000025; Brighton & Hove City Council=E06000043
City of Bradford Metropolitan District Council=E08000032; Bradford MDC=E08000032
Rutland County Council District Council=E06000017; City of York Council=E06000014
York City Council=E06000014; North Yorkshire Council=E06000065
North Yorkshire County Council=E10000023; North Yorkshire=E06000065
Buckinghamshire Council=E06000060; Buckinghamshire County Council=E10000002; Bucks CC=E10000002
Bucks Council=E06000060; Somerset Council=E06000066; Somerset County Council=E10000027
Dorset County Council=E10000009; Dorset CC=E10000009; Leicester City Council=E06000016
Leicestershire County Council=E10000018; Leicester CC=E06000016; Bedford Borough Council=E06000055
Central Beds Council=E06000056; Cheshire East Council=E06000049
Cheshire East Borough Council=E06000049; Northumberland Council=E06000057
Northumberland County Council=E06000057; Gateshead Council=E08000037
Newcastle City Council=E08000021; Newcastle upon Tyne City Council=E08000021
Newcastle-Upon-Tyne=E08000021; Newcastle Under Lyme BC=E07000195
Newcastle-under-Lyme Borough Council=E07000195; Newcastle Borough Council=E07000195
Kingston upon Hull, City of=E06000010; Royal Borough of Kingston upon Thames=E09000021
Royal Borough of Kingston=E09000021; Richmond Council=E09000027
London Borough of Richmond-on-Thames=E09000027; Richmondshire District Council=E07000166
East Herts Council=E07000242; South Bucks District Council=E07000006
South Buckinghamshire DC=E07000006; North Herts=E07000099; Bristol, City of=E06000023
Herefordshire, County of=E06000019; Doncaster MBC=E08000017; Doncaster Council=E08000017
Northamptonshire County Council=E10000021; Northampton Borough Council=E07000154
Cumbria Council=E10000006; Barnsley Council=E08000016; Sheffield City Council=E08000019
Lichfield District Council=E07000194; Reading Corporation=E06000038
Wokingham (Borough Council)=E06000041; Cornwall County Council=E06000052
"""


@pytest.mark.parametrize("line", items(PRINTED))
def test_printed_names(line):
    name, expected = line.split("=")
    assert code(name) == expected


@pytest.mark.parametrize("place", ["Dorset", "Somerset", "Buckinghamshire", "North Yorkshire"])
def test_the_date_settles_what_the_words_do_not(place):
    old, new = sorted((c for c in COUNCILS if c.core == place), key=lambda council: council.end is None)
    for name in (place, f"{place} Council", f"The {place} Council"):
        assert lookup(name, date(2012, 6, 1)).code == old.code
        assert lookup(name, old.end).code == old.code
        assert lookup(name, old.end + timedelta(1)).code == new.code
        assert lookup(name, new.start).rule == "council.date"
        assert (lookup(name).code, lookup(name).rule) == (new.code, "council.today")
    # A decision about an abolished council can be later than its end: the designation goes first.
    named = lookup(f"{place} County Council", new.start + timedelta(400))
    assert (named.code, named.rule) == (old.code, "council.name")


NO_COUNCIL = """
Kent Care Homes Ltd=care_provider; Essex Partnership University NHS Foundation Trust=nhs
Leeds City College=school; Surrey Fire Authority=other_authority
Greater Manchester Combined Authority=other_authority; London=other; London Council=other
London Councils=other_authority; Transport for London=other_authority; Kent=county
Kent (Care Homes) Ltd=care_provider; The Kent (Care Homes)=care_provider
Harrogate Town Council=other; Lichfield City Council=other; Durham City Council=other
Leicestershire City Council=other; Leicester County Council=other; Newcastle Council=other
Newcastle=other; Kent Borough Council=other; London Borough of Leeds=other
Royal Borough of Hounslow=other; Milbourne & Easterly District Council=other
Hart Limited=care_provider; London Borough of Hounslow Pension Fund=other_authority
City of London Academy=school; Reading School=school
Babergh and Mid Suffolk District Councils=other
South Downs National Park Authority=other_authority; Bath City Council=other
Westminster School=school; Bexley Care Group=care_provider
Lancashire Combined Fire Authority=other_authority
Isles of Scilly Inshore Fisheries and Conservation Authority=other_authority
Kirklees Neighbourhood Housing Ltd=other; Council=other; The=other; =other; ()=other
City of=other
"""


@pytest.mark.parametrize("line", items(NO_COUNCIL))
def test_names_that_only_contain_a_place(line):
    name, expected = line.rsplit("=", 1)
    body = lookup(name)
    assert body.type == expected
    assert body.code is None or expected == "county"


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body["id"])
def test_bodies_match_what_they_say(body):
    assert body["type"] in TYPES
    assert body["note"] and body["match"] and body["no_match"]
    for name in body["match"]:
        found = lookup(name)
        assert (found.rule, found.type, found.code, found.region) == (
            body["id"],
            body["type"],
            None,
            None,
        ), name
    for name in body["no_match"]:
        assert lookup(name).rule != body["id"], name


def test_body_ids_are_unique():
    ids = [body["id"] for body in BODIES]
    assert len(ids) == len(set(ids))
    assert all(body.keys() <= {"id", "type", "note", "words", "names", "match", "no_match"} for body in BODIES)


def test_the_register_is_whole():
    codes = set(councils())
    assert len(codes | {other for c in COUNCILS for other in c.other_codes}) == 365 + 8
    by_type = {kind: [c for c in COUNCILS if c.type == kind] for kind in register._GOES_BY}
    today = {kind: sum(c.end is None for c in rows) for kind, rows in by_type.items()}
    assert today == {
        "county": 21,
        "unitary": 63,
        "london_borough": 33,
        "metropolitan_district": 36,
        "district": 164,
    }
    prefix = {
        "county": "E10",
        "unitary": "E06",
        "london_borough": "E09",
        "metropolitan_district": "E08",
        "district": "E07",
    }
    for c in COUNCILS:
        assert c.code.startswith(prefix[c.type])
        assert bool(c.replaced_by) == (c.end is not None)
        assert all(councils()[new].start == c.end + timedelta(1) for new in c.replaced_by)
        assert not c.start or not c.end or c.start < c.end
        assert (c.region == "London") == (c.type == "london_borough")
    assert len({c.region for c in COUNCILS}) == 9


def test_populations_add_up_to_england():
    """The areas of mid-2020 cover England once: 56 550 138 people (ONS)."""
    upper = [
        c
        for c in COUNCILS
        if c.type != "district" and c.code not in {"E10000006", "E10000021", "E10000023", "E10000027"}
    ]
    assert sum(c.population or 0 for c in upper) == 56_550_138


def test_aliases_are_needed():
    """An alias that the rules give anyway is none."""
    for council in COUNCILS:
        known = {register._parse(name)[0] for name in (council.name, council.core)}
        for alias in council.aliases:
            place, words = register._parse(alias)
            assert place not in known or not register._says(words) <= register._GOES_BY[council.type], alias


@pytest.mark.parametrize(
    "name",
    [
        "a" * 1_000_000,
        " " * 1_000_000,
        "house " * 200_000,
        "(" * 1_000_000,
        "ﷺ" * 1_000_000,
        "of the " * 150_000,
        "London Borough of " * 60_000,
    ],
)
def test_hostile_names_are_quick(name):
    lookup("Kent")  # the data are read once
    start = time.perf_counter()
    body = lookup(name)
    assert time.perf_counter() - start < 0.05
    assert body.code is None and len(body.name) <= register.MAX_NAME


def test_docstring():
    assert doctest.testmod(register).failed == 0


# Where the reference is wrong and the register is meant to differ.
WRONG_REGIONS = {
    "E10000007": "Derbyshire is in the East Midlands, not the West",
    "E10000019": "Lincolnshire is in the East Midlands, not Yorkshire and The Humber",
}
TYPE = {
    "CTY": "county",
    "UA": "unitary",
    "LBO": "london_borough",
    "CC": "london_borough",
    "MD": "metropolitan_district",
    "NMD": "district",
}


@pytest.mark.skipif(not REFERENCE.exists(), reason=f"the list to check against is not here: {REFERENCE}")
def test_against_the_reference():
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file) if row["nation"] == "England" and row["local-authority-type"] in TYPE
        ]
    gss = {row["local-authority-code"]: row["gss-code"] for row in rows}
    ours = {code: council for council in COUNCILS for code in (council.code, *council.other_codes)}
    wrong = []

    def check(row, what, mine, theirs):
        if mine != theirs:
            wrong.append((row["gss-code"], what, mine, theirs))

    seen = set()
    for row in rows:
        council = ours[row["gss-code"]]
        seen.add(council.code)
        check(row, "name", code(row["official-name"], council.end), council.code)
        check(
            row,
            "nice name",
            register._parse(row["nice-name"])[0]
            in {register._parse(n)[0] for n in (council.core, council.name, *council.aliases)},
            True,
        )
        check(row, "type", council.type, TYPE[row["local-authority-type"]])
        if row["region"] and row["gss-code"] not in WRONG_REGIONS:
            check(row, "region", council.region, row["region"])
        if row["start-date"] >= "2009" or council.start:
            check(row, "start", str(council.start), row["start-date"])
        if row["end-date"] or council.end:  # the reference prints the last day, or the day after
            check(
                row,
                "end",
                row["end-date"] in {str(council.end), str(council.end + timedelta(1))},
                True,
            )
            theirs = {gss[new] for new in row["replaced-by"].split(",")}
            check(row, "replaced by", theirs <= set(council.replaced_by), True)
        for former in filter(None, row["former-gss-codes"].split(",")):
            check(row, "former code", former in council.other_codes, True)
        if council.population and row["pop-2020"]:
            check(row, "population", council.population, int(float(row["pop-2020"])))
    assert not wrong
    assert seen == set(councils())
