from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.evidence.lexicon import flatten
from pipeline.evidence.quotes import extract_quotes
from pipeline.model import Article, Evidence, Excerpt, Kind, Quote
from pipeline.spans import locate
from tests.made_up import article, lexicon, release

BRIDGE = "We must mend the bridge before winter."


def quotes(given: Article | str) -> tuple[Quote, ...]:
    return extract_quotes(article(given) if isinstance(given, str) else given, lexicon())


def said(given: Article | str) -> list[tuple[str | None, str]]:
    return [(quote.speaker, flatten(quote.text)) for quote in quotes(given)]


# ------------------------------------------------------------------------------------------------ marks and cues


@pytest.mark.parametrize(
    "text",
    [
        "Amber Hale said: “We must mend the bridge before winter.”",
        'Amber Hale said: "We must mend the bridge before winter."',
        "Amber Hale said: ‘We must mend the bridge before winter.’",
        'Amber Hale said: “We must mend the bridge before winter."',
        "Amber Hale told reporters on Monday: “We must mend the bridge before winter.”",
        "Writing for Riverside, Amber Hale said: “We must mend the bridge before winter.”",
        "Amber Hale, 41, commented: “We must mend the bridge before winter.”",
        "Later, Cllr Amber Hale, chair of the LGA's River Board, commented: “We must mend the bridge before winter.”",
        "Amber Hale, chief executive of Riverside, welcomed the plan: “We must mend the bridge before winter.”",
        "“We must mend the bridge before winter.” – Amber Hale, Riverside",
        "Amber Hale: “We must mend the bridge before winter.”",
        "Amber Hale was clear. “We must mend the bridge before winter.”",
    ],
)
def test_a_sentence_between_marks_is_its_speakers(text):
    assert said(text) == [("Amber Hale", BRIDGE)]


@pytest.mark.parametrize(
    "cue",
    [
        "Amber Hale said.",
        "said Amber Hale.",
        "said the mayor of Millbrook, Amber Hale.",
        "said Labour MP Amber Hale, who sits on the committee.",
        "Amber Hale, chief executive of Riverside, said on Monday.",
        "Sen. Amber Hale (D-Conn.) said ahead of the vote.",
        "according to Amber Hale, the council leader.",
        "Capt. Amber Hale of the Millbrook Police Department told the paper.",
    ],
)
def test_a_cue_may_follow_the_words(cue):
    assert said(f"“We must mend the bridge before winter,” {cue}") == [("Amber Hale", BRIDGE[:-1] + ",")]


def test_the_comma_may_stand_outside_the_marks():
    assert said("“We must mend the bridge”, Amber Hale said.") == [("Amber Hale", "We must mend the bridge")]


def test_a_quotation_that_its_cue_splits_is_one():
    (quote,) = quotes("“We must mend the bridge before winter,” Amber Hale said, “and the road to it.”")
    assert quote.text == "We must mend the bridge before winter, and the road to it."
    assert len(quote.fragments) == 2


def test_one_word_may_head_a_quotation_that_its_cue_splits():
    assert said("“Finally,” Amber Hale said, “we must mend the bridge.”") == [
        ("Amber Hale", "Finally, we must mend the bridge.")
    ]


def test_a_quotation_goes_on_after_its_attribution():
    (quote,) = quotes("“It is closed,” said Amber Hale in an interview with the BBC. “We want it open.”")
    assert quote.text == "It is closed, We want it open."


def test_a_quotation_over_paragraphs_opens_each_and_closes_the_last():
    (quote,) = quotes(
        """Home Secretary Amber Hale said: “Children should be able to cross the bridge.

        “This government has done more than any other for bridges.

        “But there is more to do.”"""
    )
    assert quote.text.count("\n\n") == 2
    assert quote.speaker == "Amber Hale"


def test_a_cue_in_the_first_paragraph_holds_for_the_next():
    (quote,) = quotes(
        """“Children should be able to cross the bridge,” Amber Hale wrote in an article for the Riverside website.

        “Since 2010, the government has done more for bridges than any other.

        “But there is more to do."

        The bridge was built in 1902."""
    )
    assert [part[:9] for part in quote.text.split("\n\n")] == ["Children ", "Since 201", "But there"]


def test_a_pronoun_is_the_person_spoken_of():
    found = quotes(
        """Labour's Rowena Ashdown and Tory MP Tim Marsh welcomed the report.

        “We found that bridges are closing,” he said.

        “It is a scandal,” she added."""
    )
    assert [(quote.speaker, quote.speaker_by) for quote in found] == [
        ("Tim Marsh", Evidence.INFERRED),
        ("Rowena Ashdown", Evidence.INFERRED),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Bo and Ann Hale came. “Oh no,” said Mrs Hale. Her husband added: “It is shut for good.”", "Bo Hale"),
        ("The Speaker rose. He was, he said, “getting a headache”.", "Speaker"),
        ("Tom Hale asked Ann Vale about it, to which she replied: “It is shut for good.”", "Ann Vale"),
        ("Ann Vale’s doctor Jo Fenn wrote. One onlooker told us it shook. “It is shut,” she said.", "onlooker"),
        ("The River Board has demanded a ban, which it said would end “the worst of it”.", "River Board"),
        ("Amber Hale came. She said it was shut. “It is shut for good,” the Republican said.", "Amber Hale"),
        ("Labour’s Ifeoma Clarkson accused the board of “dithering on the bridge”.", "Ifeoma Clarkson"),
        ("Tim Marsh’s physician Bob Hale spoke, and in it he called the bridge “excellent”.", "Bob Hale"),
    ],
)
def test_kin_and_pronouns_are_those_whom_the_sentence_means(text, speaker):
    assert [who for who, _ in said(text)][-1:] == [speaker]


def test_who_speaks_in_the_lead_without_a_name_is_who_is_named_next():
    found = said(
        """The boss of a railway has admitted that a bridge “was not ready”.

        Martin Fell, managing director of Northline, said: “I should have stopped it.”"""
    )
    assert [speaker for speaker, _ in found] == ["Martin Fell", "Martin Fell"]


def test_a_source_in_the_lead_stays_without_a_name():
    found = said(
        """A Home Office source has called the bridge “a mess”.

        Martin Fell, managing director of Northline, said: “I should have stopped it.”"""
    )
    assert [speaker for speaker, _ in found] == ["Home Office source", "Martin Fell"]


def test_an_answer_introduces_words_as_a_verb_does():
    (quote,) = quotes("Amber Hale was asked about the bridge. Her answer was blunt:\n\nI cannot mend it. We must wait.")
    assert (quote.speaker, quote.kind) == ("Amber Hale", "block")


def test_agencies_close_with_two_apostrophes():
    (quote,) = quotes("“It is an attempt to mislead,’’ Will Moyle told the BBC. “And I think it is wrong.”")
    assert (quote.speaker, len(quote.fragments)) == ("Will Moyle", 2)


def test_a_title_between_commas_is_no_quotation():
    assert quotes("A new book by Bob Tallow, “Fear: Life in the Big House”, says that Ann Vale left.") == ()


def test_a_block_without_marks_goes_on_to_the_last_paragraph_that_says_i():
    (quote,) = quotes(
        release(
            """Fire Minister Amber Hale said:

            Firefighters run towards what the rest of us run from.

            The first of them will be on shift by Christmas.

            I want every service to open its doors."""
        )
    )
    assert len(quote.fragments) == 3


def test_a_description_is_whoever_was_named_before():
    found = said(
        """Labour pounced, with Shadow Rivers Minister Rowena Ashdown saying bridges could not be had “on the cheap”.

        The frontbencher added: “Even now the government can act.”"""
    )
    assert found == [("Rowena Ashdown", "on the cheap"), ("Rowena Ashdown", "Even now the government can act.")]


@pytest.mark.parametrize(
    ("day", "name"), [("2017-02-16", "Amber Rudd"), ("2018-11-06", "Sajid Javid"), ("2023-10-30", "Suella Braverman")]
)
def test_an_office_is_who_held_it_that_day(day, name):
    (quote,) = quotes(article("The Home Secretary said: “We must mend the bridge.”", day=day))
    assert (quote.speaker, quote.speaker_by, quote.role) == (name, Evidence.INFERRED, "Home Secretary")


def test_a_name_in_the_text_wins_over_the_list_of_office_holders():
    given = article("Home Secretary Rowena Ashdown met MPs. The Home Secretary said: “We must mend the bridge.”")
    assert said(given) == [("Rowena Ashdown", "We must mend the bridge.")]


@pytest.mark.parametrize(
    ("subject", "speaker", "organisation"),
    [
        ("A Home Office spokesperson", "Home Office spokesperson", "Home Office"),
        ("A spokesman for the NSPCC", "spokesman for the NSPCC", "NSPCC"),
        ("The Local Government Association", "Local Government Association", "Local Government Association"),
        ("The charity Riverkeepers", "Riverkeepers", None),
        ("Campaigners", "Campaigners", None),
    ],
)
def test_a_speaker_without_a_name_is_called_as_the_text_calls_them(subject, speaker, organisation):
    (quote,) = quotes(f"{subject} said: “We must mend the bridge.”")
    assert (quote.speaker, quote.organisation) == (speaker, organisation)


@pytest.mark.parametrize(
    ("cue", "role", "organisation"),
    [
        ("Javed Qadir, chief executive of Barnardo’s, said", "chief executive of Barnardo’s", "Barnardo’s"),
        ("Home Secretary Amber Hale said", "Home Secretary", "Home Office"),
        ("Minister for Safeguarding, Sarah Fenn, said", "Minister for Safeguarding", "Home Office"),
        ("Crime and Policing Minister Chris Oakley said", "Crime and Policing Minister", "Home Office"),
        (
            "Susan Oakley OBE, Chief Executive of the IWF said",
            "Chief Executive of the IWF",
            "Internet Watch Foundation",
        ),
        (
            "Jo Fenn, Director of Threats at the National Crime Agency (NCA), said",
            "Director of Threats at the National Crime Agency (NCA)",
            "National Crime Agency",
        ),
        (
            "Secretary of State for Levelling Up, Housing and Communities Michael Brook said",
            "Secretary of State for Levelling Up, Housing and Communities",
            "Department for Levelling Up, Housing and Communities",
        ),
        (
            "Ann Vale, professor of law at Millbrook University, said",
            "professor of law at Millbrook University",
            "Millbrook University",
        ),
    ],
)
def test_role_and_organisation_stand_in_the_cue(cue, role, organisation):
    (quote,) = quotes(f"{cue}: “We must mend the bridge.”")
    assert (quote.role, quote.role_by, quote.organisation) == (role, Evidence.TEXT, organisation)


@pytest.mark.parametrize(
    ("cue", "role", "organisation"),
    [
        ("Rhoda Tasker of the National Boat Chiefs Council said", None, "National Boat Chiefs Council"),
        ("Sara Thwaite, from the Boat Crews Union's county branch, said", None, "Boat Crews Union"),
        (
            "Deputy Chief Boat Officer Rhoda Tasker, who leads on safety for the National Boat Chiefs Council, said",
            "Deputy Chief Boat Officer",
            "National Boat Chiefs Council",
        ),
        (
            "The Boats and Ferries Committee reported today. Dame Ida Moss, Chair of the Committee, said",
            "Chair of the Committee",
            "Boats and Ferries Committee",
        ),
        ("Rhoda Tasker of Port Talbot said", None, None),
        ("Premier Bruno Minns said", "Premier", None),  # of which country?
    ],
)
def test_the_body_stands_beside_the_name_or_is_named_in_full_before(cue, role, organisation):
    (quote,) = quotes(f"{cue}: “We must mend the bridge.”")
    assert (quote.role, quote.organisation) == (role, organisation)


def test_a_written_statement_is_of_whom_its_first_line_names_in_brackets():
    (quote,) = quotes(
        "My right hon. Friend the Secretary of State for Bridges (Ida Moss) has today made the following statement:\n\n"
        "The Government will mend the bridge. We have found the money for it.\n\nI will place a copy in the Library."
    )
    assert (quote.speaker, quote.kind) == ("Ida Moss", "block")
    assert quote.text.startswith("The Government will mend")


def test_the_mark_of_a_quotation_in_a_mail_is_no_word_of_it():
    (quote,) = quotes("Its director, Ida Moss, said:\n\n> We must mend the bridge before the winter comes.")
    assert quote.text == "We must mend the bridge before the winter comes."


def test_words_quoted_inside_a_sentence_are_a_fragment():
    found = quotes("Tory MP Tim Marsh said the delay was “unacceptable” and called the plan “a sticking plaster”.")
    assert [(quote.speaker, quote.text, quote.kind) for quote in found] == [
        ("Tim Marsh", "unacceptable", "fragment"),
        ("Tim Marsh", "a sticking plaster", "fragment"),
    ]


def test_fragments_of_one_document_are_one_quote_of_those_who_signed_it():
    (quote,) = quotes(
        "Signatories to the joint statement, including Riverside, have pledged “new ways of mending bridges”. The "
        "statement affirms that they must be open “for the good of all who cross them”."
    )
    assert quote.speaker == "Signatories to the joint statement"
    assert quote.text == "new ways of mending bridges\n\nfor the good of all who cross them"


@pytest.mark.parametrize(
    "text",
    [
        "Officials are consulting on a new ‘public health’ approach to bridges.",
        "The gas, also known as ‘laughing gas’, will be banned, ministers announced.",
        "The so-called “bridge tax” is unpopular, Amber Hale said.",
        "Amber Hale told the “Today” programme that the bridge is shut.",
        "The film “A Bridge to Nowhere” opens on Friday.",
        "Amber Hale said that the plan would improve the bridge.",
        "Amber Hale never said that the bridge was “over and done with”.",
    ],
)
def test_marks_around_words_that_nobody_spoke_make_no_quote(text):
    assert said(text) == []


# --------------------------------------------------------------------------------------------- blocks without marks


def test_a_block_after_a_cue_needs_no_marks_and_ends_before_the_next_cue():
    found = quotes(
        release(
            """Home Secretary Amber Hale said:

            Bridges carry our country and I am proud of those who mend them.

            We will not rest until every one is open.

            Business Minister Kevin Moss said:

            These reforms will take the delay out of mending bridges.

            Susan Oakley OBE, Chief Executive of Riverside said:

            We know from our own work that bridges matter."""
        )
    )
    assert [(quote.speaker, len(quote.fragments), quote.kind) for quote in found] == [
        ("Amber Hale", 2, "block"),
        ("Kevin Moss", 1, "block"),
        ("Susan Oakley", 1, "block"),
    ]


@pytest.mark.parametrize(
    "narration",
    [
        "This comes after the government announced a review of bridges last week.",
        "Today’s announcement coincides with a meeting of the bridges taskforce.",
        "The scheme will be launched in 10 areas, including Millbrook.",
        "The minister also visited Millbrook, where two bridges have been closed.",
        "The Home Office will work with the Ministry of Justice on this review.",
        "Mr Hale later met workers at the site.",
        "Further measures being introduced include:",
        "Notes to editors",
    ],
)
def test_a_block_without_marks_ends_where_the_narrator_speaks_again(narration):
    (quote,) = quotes(
        release(
            f"""Home Secretary Amber Hale said:

            Bridges carry our country.

            We will not rest until every one is open. It’s vital that we act.

            {narration}

            In the coming months we will open a help line."""
        )
    )
    assert quote.text.endswith("It’s vital that we act.")


def test_a_closing_mark_that_nothing_opened_ends_a_block():
    (quote,) = quotes(
        release(
            """Policing Minister Chris Oakley said:

            Technology is a powerful tool for good.

            It has a sound legal basis.

            This is about making our streets safer.”

            We know these tools work in mending bridges."""
        )
    )
    assert quote.text.endswith("streets safer.")
    assert len(quote.fragments) == 3


def test_a_block_with_marks_ends_where_they_close():
    found = quotes(
        release(
            """Home Secretary Amber Hale said:

            “Bridges carry our country.

            “We will not rest.”

            We have mended ten of them."""
        )
    )
    assert [quote.text for quote in found] == ["Bridges carry our country.\n\nWe will not rest."]


def test_words_after_a_cue_in_the_same_paragraph_need_no_marks_either():
    (quote,) = quotes(release("A Home Office spokesperson said: Bridges matter to us.\n\nWe will mend them."))
    assert (quote.speaker, quote.text) == ("Home Office spokesperson", "Bridges matter to us.\n\nWe will mend them.")


def test_a_cue_before_narration_opens_no_block():
    assert quotes("The mayor, Amber Hale, said this:\n\nShe told a meeting that the bridge is shut.") == ()


# ------------------------------------------------------------------------------------------------ speeches, letters


def test_a_letter_is_one_quote_of_who_signs_it():
    (quote,) = quotes(
        release(
            """Dear Chief Constables,

            I write about bridges.

            Please do get in touch.

            Yours sincerely,

            Rt Hon Chris Oakley MP

            Minister of State for Crime, Policing and Fire""",
            kind=Kind.LETTER,
            release_type="letter",
        )
    )
    assert quote.text == "I write about bridges.\n\nPlease do get in touch."
    assert (quote.speaker, quote.speaker_by, quote.organisation) == ("Chris Oakley", Evidence.TEXT, "Home Office")
    assert quote.role == "Minister of State for Crime, Policing and Fire"


def test_a_speech_is_one_quote_of_whom_its_title_names_and_says_that_this_is_inferred():
    given = release("Thank you.\n\nBridges matter.", title="Home Secretary’s speech on bridges", release_type="speech")
    (quote,) = quotes(given)
    assert (quote.speaker, quote.speaker_by, len(quote.fragments)) == ("Suella Braverman", Evidence.INFERRED, 2)


def test_a_speaker_whom_the_standfirst_names_wins_over_the_list_of_office_holders():
    standfirst = Excerpt("Minister Hugh Penrose spoke in Harrogate about bridges.")
    title = "Policing Minister’s speech on bridges"
    (quote,) = quotes(release("Thank you.", title=title, standfirst=standfirst, release_type="speech"))
    assert quote.speaker == "Hugh Penrose"


def test_a_statement_without_any_cue_is_the_words_of_whom_its_title_names():
    title = "Home Secretary statement on a bridge"
    given = release("We have lost a friend of bridges.", title=title, release_type="statement")
    assert said(given) == [("Suella Braverman", "We have lost a friend of bridges.")]


# --------------------------------------------------------------------------------------------------------- the seeds


def seed_quotes(read, here, title: str) -> list[tuple[Article, Quote]]:
    for path in sorted(here.seeds_dir.glob("0*.txt")):
        for one in read(path.read_bytes()).articles:
            if title in one.title.text:
                return [(one, quote) for quote in quotes(one)]
    raise AssertionError(f"no seed article is called {title!r}")


LAST_OF_EIGHT = ("Andrew Penhale", "Nick Ephgrave", "Graeme Biggar")


@pytest.mark.parametrize(
    ("title", "speakers"),
    [
        ("tech giants", ["Sajid Javid", "Sajid Javid"]),
        ("knife crime", ["Victoria Atkins", "Home Office spokesperson"]),
        ("£40m to tackle", ["Amber Rudd", "Javed Khan", "Richard Watts"]),
        ("centre for expertise", ["Amber Rudd", "Richard Watts"]),
        ("speech on tackling", ["Suella Braverman"]),
        ("Letter to police", ["Chris Philp"]),
        ("Police urged", ["Chris Philp"]),
        ("30,000 hours", ["Chris Philp", "Michael Gove", "Rebecca Bryant"]),
        ("asylum hotels", ["Robert Jenrick"]),
        ("acid attacks", ["Sarah Dines", "Katie Piper", "Andreas Christopheros", "Alexis Boon"]),
        (
            "Robust new laws",
            [
                "Suella Braverman",
                "Kevin Hollinrake",
                "Alex Chalk",
                "Tariq Ahmad",
                "Louise Smyth",
                *LAST_OF_EIGHT,
            ],
        ),
        ("shoplifting", ["Chris Philp", "Amanda Blakeman", "Paul Gerrard", "Katy Bourne", "Nicki Juniper"]),
    ],
)
def test_the_seed_corpus_gives_these_speakers_in_this_order(read, here, title, speakers):
    assert [quote.speaker for _, quote in seed_quotes(read, here, title)] == speakers


def test_every_fragment_of_the_seed_corpus_leads_to_its_bytes(read, here):
    count = 0
    for path in sorted(here.seeds_dir.glob("0*.txt")):
        raw = path.read_bytes()
        assert hashlib.sha256(raw).hexdigest()
        for one in read(raw).articles:
            for quote in quotes(one):
                for start, end in quote.fragments:
                    span = locate(one, start, end)
                    assert span is not None
                    assert raw[span.byte_start : span.byte_end].decode().split() == one.text[start:end].split()
                    count += 1
    assert count >= 110


# -------------------------------------------------------------------------------------------------------------- laws

WORDS = [
    "Amber Hale",
    "Mr Hale",
    "she",
    "said",
    "told us",
    "that",
    "“We act,”",
    "‘so’",
    '"No."',
    "yes.",
    ":",
    "\n\n",
    "“",
    "”",
    "the minister",
    ",",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_quotes_are_words_of_the_text_in_order_and_twice_is_once(text):
    given = article(text)
    found = quotes(given)
    assert found == quotes(given)
    assert len({quote.quote_id for quote in found}) == len(found)
    for quote in found:
        joined = "".join(given.text[start:end] for start, end in quote.fragments)
        assert "".join(joined.split()) == "".join(quote.text.split())
        assert all(a[1] <= b[0] for a, b in pairwise(quote.fragments))


@pytest.mark.parametrize("cue", ["said Dora Whitcombe, head of the Bridge Union.", "Dora Whitcombe said."])
def test_whoever_is_named_behind_the_last_paragraph_spoke_them_all(cue):
    text = f"“We are asking for the impossible. It is seventy now.\n\n“Nobody wants to hear it,” {cue}"
    (one,) = extract_quotes(article(text), lexicon())
    assert (one.speaker, len(one.fragments)) == ("Dora Whitcombe", 2)


def test_a_letters_signature_gives_name_and_role_on_two_lines_of_one_paragraph():
    text = "Thank you for your work.\n\nYours sincerely,\n\nRt Hon Helen Ashdown MP\nMinister of State for Policing"
    given = article(text, kind=Kind.PRESS_RELEASE, release_type="letter", title="Letter on bridges")
    (one,) = extract_quotes(given, lexicon())
    assert (one.speaker, one.role) == ("Helen Ashdown", "Minister of State for Policing")


def test_where_it_was_said_is_no_part_of_the_role():
    text = "In a statement the chair of the Larkspur Harbour Board, Anna Vale, said:\n\nWe waited for nine years."
    (one,) = extract_quotes(article(text), lexicon())
    assert (one.speaker, one.role) == ("Anna Vale", "chair of the Larkspur Harbour Board")
