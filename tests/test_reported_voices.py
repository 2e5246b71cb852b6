"""Who speaks, in the sentences that reporters write most and where a reading goes wrong most easily."""

from __future__ import annotations

import pytest

from pipeline.evidence.quotes import extract_quotes
from tests.made_up import article, lexicon

WORDS = "We must mend the bridge before winter"


def speakers(text: str) -> list[str | None]:
    return [quote.speaker for quote in extract_quotes(article(text), lexicon())]


@pytest.mark.parametrize(
    ("cue", "speaker"),
    [
        ("the league said in a joint statement with the players.", "league"),
        ("Northvale Rovers said in a statement.", "Northvale Rovers"),
        ("the NVRL wrote in a report.", "NVRL"),
        ("Pontoon Pizza's copywriters predicted.", "Pontoon Pizza's copywriters"),
        ("according to a digital ad the committee began running in May.", "digital ad"),
    ],
)
def test_a_body_that_no_list_knows_speaks_for_itself_and_not_for_whoever_spoke_before(cue, speaker):
    text = f"Amber Hale said: “The river rose again in the night.”\n\n“{WORDS},” {cue}"
    assert speakers(text) == ["Amber Hale", speaker]


def test_a_calling_means_who_was_last_said_to_have_said_something_quoted_or_not():
    text = (
        f"“The river rose again in the night,” said chair Amber Hale.\n\nThe party's Dora Moss said ministers could do "
        f"more.\n\nThe frontbencher added: “{WORDS}.”"
    )
    assert speakers(text) == ["Amber Hale", "Dora Moss"]


@pytest.mark.parametrize("verb", ["could not expect", "did not want", "had to expect"])
def test_a_fragment_in_what_somebody_said_is_theirs_negated_or_not(verb):
    assert speakers(f"Dora Moss said ministers {verb} “bridges that cost next to nothing”.") == ["Dora Moss"]


def test_nobody_is_guessed_when_the_words_around_a_quotation_say_who_spoke_and_cannot_be_read():
    text = f"Amber Hale opened the bridge.\n\n“{WORDS},” most of those who had walked over it that day said."
    assert speakers(text)[0] != "Amber Hale"


@pytest.mark.parametrize(
    "subject",
    [
        "Amber Hale, who wants the seat held by Labour MP Tom Vale, said",
        "Amber Hale, a spokeswoman for the mayor, Tom Vale, said",
        "Amber Hale (Ind), the deputy of council leader Tom Vale, said",
        "The council turned to Amber Hale, a former engineer, who said",
    ],
)
def test_whoever_is_named_in_what_describes_a_speaker_is_not_the_speaker(subject):
    assert speakers(f"{subject}: “{WORDS}.”") == ["Amber Hale"]


def test_a_second_verb_after_but_has_the_subject_of_the_first():
    text = "Amber Hale said she could not tell whether Tom Vale knew, but warned that the piers would “give way soon”."
    assert speakers(text) == ["Amber Hale"]


def test_a_participle_after_a_comma_has_the_subject_of_its_sentence():
    text = "According to the Echo she praised her rival, Tom Vale, saying that he had run an “honest campaign”."
    assert speakers(f"Amber Hale spoke on Monday.\n\n{text}") == ["Amber Hale"]


def test_an_inverted_verb_at_the_end_of_a_long_sentence_names_the_speaker():
    text = (
        "Tom Vale has decided.\n\n“He wants more than the little bridge” promised in May, said Amber Hale, an engineer."
    )
    assert speakers(text) == ["Amber Hale"]


def test_a_surname_that_ends_like_an_adverb_is_a_surname():
    text = f"Cllr Tom Vale and Commissioner Ray Kelly wrote to the council.\n\n“{WORDS},” Kelly told reporters."
    assert speakers(text) == ["Ray Kelly"]


@pytest.mark.parametrize("title", ["Cpl. Gabrielle King", "union president Gabrielle King", "ATB President Bob King"])
def test_a_surname_that_is_a_title_too_is_a_surname_after_a_given_name(title):
    full = " ".join(title.split()[-2:])
    assert speakers(f"“{WORDS},” {title} said.\n\n“It will not wait any longer,” King said.") == [full, full]


def test_an_office_in_the_plural_is_no_part_of_a_name():
    text = f"Senators Luis Hale and Norma Vale were asked to leave.\n\n“{WORDS},” Hale said."
    assert speakers(text) == ["Luis Hale"]


@pytest.mark.parametrize(
    ("lead", "called"),
    [
        ("Sen. Amber Hale spoke of Tom Vale on Sunday.", "the retiring senator said"),
        ("Amber Hale, 56, left the club on Monday.", "the 56-year-old said"),
        ("Amber Hale has left the club. Hale was its manager.", "the 56-year-old said"),
        ("Tom Hale stood by. Amber Hale has left the club.", "Tom Hale’s daughter told the Echo"),
        ("The boy’s mother, Amber Hale, sat with Aiden Vale. Vale was silent.", "the boy’s mother later wrote"),
        ("Elections supervisor Amber Hale was met by Tom Vale.", "the supervisor replied"),
    ],
)
def test_a_description_means_the_person_of_whom_the_article_says_so(lead, called):
    assert speakers(f"{lead}\n\n“{WORDS},” {called}.") == ["Amber Hale"]


def test_an_age_means_nobody_when_two_people_were_named_since_the_last_words():
    text = f"“{WORDS},” Amber Hale said.\n\nTom Vale met Ruth Orton.\n\n“It will not wait,” the 36-year-old said."
    assert speakers(text) == ["Amber Hale", None]


@pytest.mark.parametrize(
    "before",
    [
        "Amber Hale of Northvale, a critic of Mrs Vale’s, spoke against the plan, which she said would",
        "Amber Hale spoke along with Ruth Vale.\n\nShe said the plan would",
        "Amber Hale crossed the bridge to the tune of Ruth Vale’s first film.\n\nShe said the plan would",
    ],
)
def test_a_pronoun_means_the_subject_and_not_whom_a_preposition_or_an_owner_brings_in(before):
    assert speakers(f"{before} “ruin the river for good”.") == ["Amber Hale"]


def test_he_is_nobody_whose_name_only_says_which_administration():
    text = "Tom Vale, who leads the council, met the press.\n\nAsked of a man in the Orton administration, he said"
    assert speakers(f"Bill Orton was away.\n\n{text}: “{WORDS}.”") == ["Tom Vale"]


def test_whoever_is_told_is_not_who_speaks():
    text = "Tom Vale, who called it a “ruin,” told Northvale Live that “the bridge will stand for ever”."
    assert set(speakers(text)) == {"Tom Vale"}


def test_each_of_several_quotations_in_a_paragraph_is_of_whoever_its_own_cue_names():
    text = (
        "“The bridge is in danger,” declared Amber Hale on Sunday, raging against the council. "
        "“Mending it concerns them not at all,” agreed the columnist Tom Vale."
    )
    assert speakers(text) == ["Amber Hale", "Tom Vale"]


@pytest.mark.parametrize(
    "text",
    [
        "On a day when the Home Office press secretary declined to share a view that it is “highly likely” to rain.",
        "That would help while allowing the president to campaign on maintaining his “tough on rivers” stance.",
        "It drew a comparison with a bridge, which still prompts Tom Vale’s supporters to chant “mend it” at rallies.",
    ],
)
def test_a_clause_is_no_speaker(text):
    assert all(name is None or len(name.split()) < 4 for name in speakers(text))


@pytest.mark.parametrize("show", ["told “Northvale on Sunday.”", "said on “Good Evening Northvale.”"])
def test_a_programme_whose_marks_hold_the_stop_of_the_sentence_is_no_part_of_the_words(show):
    found = extract_quotes(article(f"“{WORDS},” Amber Hale {show}"), lexicon())
    assert [quote.text for quote in found] == [f"{WORDS},"]


@pytest.mark.parametrize(
    "text",
    [
        "Tom Vale said: “The river rises.”\n\nHale’s allies said he had doubts. They suggested he lacked “focus”.",
        "The memo said he “knew of it”.\n\nHale’s allies tell us so.\n\n“We shall look into it in time,” they wrote.",
    ],
)
def test_they_are_the_group_of_the_sentence_before_and_not_whoever_was_quoted_last(text):
    assert speakers(text)[-1] == "Hale’s allies"


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("In a tweet, party strategist Amber Hale returned fire", "Amber Hale"),
        ("The river board released the following statement on Thursday", "river board"),
    ],
)
def test_a_colon_after_any_deed_gives_the_words_to_whoever_did_it(before, speaker):
    assert speakers(f"“The river is rising again,” Tom Vale said.\n\n{before}: “{WORDS}.”") == ["Tom Vale", speaker]


@pytest.mark.parametrize(
    "before",
    [
        "The council honoured Tom Vale and Ruth Orton.",
        "The bridge has a mural of Tom Vale, the town’s most famous son, in its middle.",
    ],
)
def test_somebody_whom_the_sentence_before_only_names_is_not_taken_for_the_speaker(before):
    assert speakers(f"{before} “{WORDS}.”") == [None]


def test_a_quotation_that_ends_in_another_has_its_cue_all_the_same():
    text = "Tom Vale left.\n\n“They told us, ‘Do not speak to the man who comes to inspect it?’” asked Rep. Amber Hale."
    assert speakers(text) == ["Amber Hale"]


def test_an_owner_in_the_pronouns_own_sentence_may_be_meant():
    text = "“No,” Paul Orton said.\n\nAmber Hale cited Tom Vale’s remarks on the bridge, which he said was “rubble”."
    assert speakers(text) == ["Paul Orton", "Tom Vale"]


def test_what_a_crowd_chants_is_not_said_by_whoever_the_sentence_is_about():
    assert speakers("Tom Vale attacked Amber Hale to chants of “mend it now” from the crowd.") == []


def test_a_name_keeps_off_the_word_that_says_it_is_over():
    text = f"Former Vale adviser Steve Orton spoke. Tom Vale was away.\n\n“{WORDS},” Vale said."
    assert speakers(text) == ["Tom Vale"]


def test_what_follows_an_inverted_cue_has_the_subject_of_that_cue():
    text = (
        f"“{WORDS},” wrote Amber Hale, a lawyer, in an email published by the Echo, adding the plan “hampers us all”."
    )
    assert speakers(text) == ["Amber Hale", "Amber Hale"]


@pytest.mark.parametrize("subject", ["Amber Hale -- a keen rider -- also said", "Amber Hale said"])
def test_whoever_is_spoken_of_before_a_colon_does_not_speak(subject):
    assert speakers(f"{subject} of Tom Vale: “{WORDS}.”") == ["Amber Hale"]


@pytest.mark.parametrize(
    "clause",
    [
        "In his opinion, the most obvious reason would be that the board “had its own doubts”.",
        "A man familiar with the matter confirmed to us that it “opened in May”.",
    ],
)
def test_neither_half_a_noun_nor_what_a_preposition_governs_is_a_speaker(clause):
    assert {"most obvious", "matter"}.isdisjoint(speakers(clause))


def test_an_imperative_before_a_surname_is_no_given_name():
    text = f"Amber Hale lost. Highlight Hale at work in Northvale.\n\n“{WORDS},” Hale said."
    assert speakers(text) == ["Amber Hale"]


@pytest.mark.parametrize(
    ("opening", "speaker"),
    [
        ("Agreed a Northvale councillor,", "Northvale councillor"),
        ("Added Tom Vale, an aide to the mayor:", "Tom Vale"),
        ("Said the mayor’s aide Tom Vale:", "Tom Vale"),
    ],
)
def test_a_verb_that_opens_its_sentence_has_its_subject_after_it(opening, speaker):
    assert speakers(f"“The river rose again in the night,” said Amber Hale.\n\n{opening} “{WORDS}.”")[-1] == speaker


def test_he_who_spoke_of_somebody_is_not_whom_he_spoke_of():
    text = (
        "Tom Vale called it “a ruin”. He seemed to think that Luis Orton was to blame and would leave as mayor.\n\n"
        f"“{WORDS},” he wrote. He added that “the piers are rotten”."
    )
    assert speakers(text) == ["Tom Vale"] * 3


def test_he_and_she_mean_nobody_but_a_person():
    text = (
        "Luis Vale was in town. The league said it was “glad”. The ministry will pay and the county will build.\n\n"
        f"“{WORDS},” he said."
    )
    assert speakers(text)[-1] == "Luis Vale"


@pytest.mark.parametrize(
    "text",
    [
        "Amber Hale has left, and Tom Vale walked to the river and instead told the town to “mend the bridge”.",
        "The report cheered many, even as Tom Vale on Friday blamed the county, saying it had “mended no bridge”.",
        "Amber Hale stayed away, but Tom Vale said it was late and later warned that the piers would “give way”.",
    ],
)
def test_a_verb_without_a_subject_has_that_of_the_last_clause(text):
    assert speakers(text) == ["Tom Vale"]


@pytest.mark.parametrize(
    ("clause", "speaker"),
    [
        ("Tom Vale hid it from the river league, which warned that the bridge was", "river league"),
        ("Tom Vale is like the man who told his doctor he was", "man"),
        ("In the film, an unnamed rider denounces Tom Vale, saying the bridge is", "unnamed rider"),
        ("A county spokeswoman for the bridge Saturday said it was", "county spokeswoman for the bridge"),
        ("One of the letters says it was", "letters"),
        ("Northvale campaigners, an angry crowd, said the bridge was", "Northvale campaigners"),
    ],
)
def test_a_speaker_without_a_name_is_called_by_its_noun_and_by_no_more(clause, speaker):
    assert speakers(f"{clause} “past all mending”.") == [speaker]


@pytest.mark.parametrize(
    "clause",
    [
        "The anger follows an Echo report claiming that Tom Vale met",
        "That is the true message of the county’s offer to walk round",
    ],
)
def test_a_whole_clause_is_no_speaker(clause):
    assert speakers(f"{clause} “the bridge of sighs”.") in ([], ["Echo report"])


def test_a_paper_that_reports_what_somebody_called_a_thing_did_not_say_it():
    assert speakers("Amber Hale said the bridge was “past all mending,” the Echo reported.") == ["Amber Hale"]


def test_a_paper_that_words_are_told_of_as_its_own_said_them():
    assert speakers("The bridge is “thought to be the oldest in Northvale,” as the Echo reported.") == ["Echo"]


@pytest.mark.parametrize(
    "lead", ["Ohio Gov. Luis Vale met former Utah Gov. Tom Orton.", "Tom Orton met Gov. Luis Vale."]
)
def test_the_governor_of_a_place_is_the_one_of_that_place(lead):
    assert speakers(f"{lead}\n\n“{WORDS},” the Ohio governor said.") == ["Luis Vale"]


def test_a_rep_is_the_congressman_even_where_the_sentence_is_about_him():
    text = "Rep. Luis Hale blamed Tom Vale for the bridge, a ruin that the congressman called “past all mending”."
    assert speakers(text) == ["Luis Hale"]


@pytest.mark.parametrize(
    "text",
    [
        "Speaking on CBS’ “Face the River,” Amber Hale said every bridge counts.",
        "Amber Hale said it on the ABC programme “This River Week,” and left.",
        "Amber Hale spoke as part of the “River Talks,” a set of lectures.",
    ],
)
def test_a_programme_is_no_quotation(text):
    assert speakers(text) == []


def test_space_between_words_and_their_marks_is_no_part_of_the_words():
    found = extract_quotes(article(f'" {WORDS}, " Undersheriff Luis Hale said.'), lexicon())
    assert [(quote.text, quote.speaker) for quote in found] == [(f"{WORDS},", "Luis Hale")]


def test_a_paragraph_of_words_after_what_a_body_said_is_of_that_body():
    text = f"The mayor’s office said Friday that Luis Hale had crossed the river.\n\n“{WORDS} and the ice comes.”"
    assert speakers(text) == ["mayor’s office"]


def test_a_full_name_is_found_though_an_adverb_parts_the_surname_from_its_verb():
    text = f"Iga Orlowska, of Northvale, was having her bridge mended.\n\nOrlowska later said: “{WORDS}.”"
    assert speakers(text) == ["Iga Orlowska"]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Tom Vale was late. President Hale spoke to the town.", "Luis Hale"),
        ("When Mr. Vale went home, Mr. Hale told the chair of his own bridges.", "Luis Hale"),
        ("The anger at the famous Vale shows what bridges mean, said Luis Hale, a historian.", "Luis Hale"),
        ("Luis Hale was heard.\n\nMUST SEE Tom Vale's tallest bridge 03:29", "Luis Hale"),
    ],
)
def test_he_is_the_subject_of_the_sentence_and_nobody_in_its_margin(before, speaker):
    text = f"Mr. Luis Hale and Mr. Tom Vale, both engineers, are here.\n\n{before}\n\n“{WORDS},” he said."
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(
    ("cue", "speaker"),
    [
        ("the Northvale River Committee carped in an email to members.", "Northvale River Committee"),
        ("Northvale Mayor Luis Hale.", "Luis Hale"),
        ("former engineer Joseph diMarco told the Echo.", "Joseph diMarco"),
        ("weekly magazine The Northvale Rower wrote.", "Northvale Rower"),
        ("actress America Hale told the crowd.", "America Hale"),
        ("18-year-old Fiorina Orlowska said.", "Fiorina Orlowska"),
        ("comments Luis Hale in a letter.", "Luis Hale"),
    ],
)
def test_what_follows_the_comma_of_a_whole_sentence_says_who_spoke_it(cue, speaker):
    assert speakers(f"“{WORDS},” {cue}") == [speaker]


@pytest.mark.parametrize(
    ("subject", "speaker"),
    [
        ("Luis Hale with the Northvale County Fire Brigade", "Luis Hale"),
        ("At the time, Hale campaign officials", "Hale campaign officials"),
        ("On Monday, the Northvale Echo, the paper of the league,", "Northvale Echo"),
        ("A man Northvale officials", "Northvale officials"),
    ],
)
def test_who_says_is_told_from_whom_and_what_they_are_of(subject, speaker):
    assert speakers(f"Luis Hale is here.\n\n{subject} said the bridge was “past all mending”.") == [speaker]


def test_a_caption_in_the_middle_of_a_statement_does_not_part_it():
    text = (
        "In a letter, a spokesman for the union said: “It is with sorrow that we close the bridge.\n\n"
        f"Riders on the bridge at Vale Harbour\n\n“{WORDS}.\n\n“It will open again in spring.”"
    )
    found = extract_quotes(article(text), lexicon())
    assert [(quote.speaker, len(quote.fragments)) for quote in found] == [("spokesman for the union", 3)]


def test_a_heading_that_ends_in_a_verb_is_no_cue():
    assert speakers("Bridge expert hurt, Northvale says\n\nThe county said on Friday that a man had fallen.") == []


def test_mr_and_mrs_of_one_surname_are_two_people():
    text = f"The first lady, Melania Trump, was in town.\n\nMr. Trump wrote: “{WORDS}.”"
    found = extract_quotes(article(text, day="2018-05-30"), lexicon())
    assert [quote.speaker for quote in found] == ["Donald Trump"]


def test_a_headline_in_capitals_makes_no_name_of_two():
    text = f"Vale answered in a statement:\n\n“{WORDS}.”"
    found = extract_quotes(article(text, title="Amber Hale Accuses Thomas Vale"), lexicon())
    assert [quote.speaker for quote in found] != ["Amber Hale Accuses Thomas Vale"]


def test_who_says_that_she_is_a_thing_is_a_woman_whatever_her_name():
    text = f"Luis Vale left.\n\nProfessor Garland Hale, 66, said she was tired and had to act. “{WORDS},” she said."
    assert speakers(text) == ["Garland Hale"]


def test_ones_own_remarks_introduce_words_however_long_the_way_to_the_colon():
    text = f"Tom Vale spoke. His remarks from the bank of the river went back to an older speech: “{WORDS}.”"
    assert speakers(text) == ["Tom Vale"]


def test_a_sentence_parted_by_its_marks_is_of_who_told_a_paper():
    text = (
        "Luis Hale is here.\n\n“The mayor was never told of the risks” of opening early, Hale told The Northvale Echo."
    )
    assert speakers(text) == ["Luis Hale"]


@pytest.mark.parametrize(
    "text",
    [
        "The lake is full. Rowers wore “paddle hats” — a sign of joy aimed at the county’s crude boast of its dam.",
        "They sang of his old and bitter campaign message and of “green water”.",
    ],
)
def test_a_boast_and_a_message_are_things(text):
    assert speakers(text) == []


def test_the_lawmaker_of_a_state_is_the_one_of_that_state():
    text = f"Sen. Tom Hale, I-Vermont, met Sen. Luis Orton, R-Texas.\n\n“{WORDS},” the Vermont lawmaker said."
    assert speakers(text) == ["Tom Hale"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Tom Vale spoke. It was, in what the Northvale foreign minister claimed was a", "Northvale foreign minister"),
        ("The report hit Tom Vale for telling what the river officials called", "river officials"),
        ("Striking a tone, Luis Hale also met Tom Vale. Striking another, he said it was", "Luis Hale"),
        ("The board, speaking in Northvale on Friday, welcomed the ruling and pledged", "board"),
        ("Sen. Luis Hale and two other river lawmakers on Friday called it", "Luis Hale"),
        ("The Echo cried foul, saying Mr. Vale, the mayor, responded to the flood by", "Echo"),
    ],
)
def test_a_fragment_is_of_the_subject_of_what_was_said(text, speaker):
    assert speakers(f"{text} “rowing to the lake side”.") == [speaker]


@pytest.mark.parametrize("clause", ["Tom Vale was also dubbed", "Tom Vale was also accused of advocating"])
def test_whoever_is_called_something_does_not_say_it(clause):
    assert speakers(f"{clause} “a ruin of a man”.") == []


@pytest.mark.parametrize(
    ("before", "cue", "speaker"),
    [
        ("Pope Leo met Tom Vale.", "the pope said on the plane.", "Pope Leo"),
        ("Sen. Luis Hale was heard. Hale is liked. Tom Vale was there.", "the Northvale Democrat said.", "Luis Hale"),
        ("The county saw one man at work: the rider Luis Hale. The provocateur drew a map.", "he said.", "Luis Hale"),
        ("Rep. Luis Orton was heard. Tom Orton met Ruth Vale.", "Orton fumed.", "Tom Orton"),
        ("Alex January held a party.", "January said.", "Alex January"),
        ("Reed O’Hale sat in court.", "Judge O'Hale wrote.", "Reed O’Hale"),
        ("Harry LaRue was hurt.", "said LaRue's dad.", "LaRue's dad"),
        ("Tom Vale left.", "wrote Vale's managing partner, Luis Hale.", "Luis Hale"),
        ("Tom Vale left.", "said former Northvale river board official Luis Hale.", "Luis Hale"),
        ("Tom Vale left.", "Rep. John Lewis (D-Ga.) said.", "John Lewis"),
        ("Tom Vale left.", "Luis Hale, a rider whose firm built it.", "Luis Hale"),
        ("Tom Vale left.", "mused the poet H.L. Orlov.", "H.L. Orlov"),
        ("The county embassy also issued a letter on Friday.", "it said in the letter.", "county embassy"),
        ("Harrison of the River League said it must end. Harrison is old.", "he said.", "Harrison"),
    ],
)
def test_who_is_meant_by_what_they_are_called(before, cue, speaker):
    assert speakers(f"{before}\n\n“{WORDS},” {cue}") == [speaker]


def test_a_question_that_somebody_pressed_is_theirs():
    text = f"“{WORDS},” Luis Hale said. “But are the piers of it the same?” Ruth Vale prodded."
    assert speakers(text) == ["Luis Hale", "Ruth Vale"]


def test_words_after_what_an_expert_was_said_to_say_are_the_experts():
    text = f"One more flood is likely, says river expert Luis Hale.\n\n“{WORDS} and the ice comes.”"
    assert speakers(text) == ["Luis Hale"]


def test_the_text_of_a_link_in_the_middle_of_a_sentence_is_no_part_of_a_name():
    text = (
        "Rep. Amber Hale Amber Mary HaleBridge vote looms Luis Vale to open dam MORE was asked about it by Ruth Orton."
        f"\n\n“{WORDS},” Hale said."
    )
    assert speakers(text)[0] in {"Amber Hale", "Amber Mary Hale"}


def test_the_headline_of_another_article_is_no_quotation():
    text = f"“{WORDS},” Amber Hale said.\n\n‘It will fall’: Tom Vale on the bridge that nobody mends Read more"
    assert speakers(text) == ["Amber Hale"]


def test_a_statement_after_a_colon_is_of_whose_act_it_told():
    text = f"Hale’s campaign tried to make it seem brave, saying in a statement:\n\n“{WORDS}.”"
    assert speakers(text) == ["Hale’s campaign"]


def test_what_a_paper_asks_about_somebody_is_the_papers():
    text = f"The Echo joked about Tom Vale asking the town if he should swim: “{WORDS}.”"
    assert speakers(text) == ["Echo"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Amber Hale, former aide to House Speaker Tom Vale (R) of Ohio, says it is", "Amber Hale"),
        ("Amber Hale, a leader under every mayor since Luis Orton, except Tom Vale, said it was", "Amber Hale"),
        ("On Sunday’s “Meet the River,” Amber Hale, former aide to Mayor Tom Vale, said it was", "Amber Hale"),
        ("The Hale administration on Friday declared it", "Hale administration"),
        ("Hale campaign manager Luis Orton spoke to the town, calling it", "Luis Orton"),
    ],
)
def test_whoever_is_named_beside_the_subject_does_not_speak(text, speaker):
    assert speakers(f"{text} “past all mending”.") == [speaker]


def test_a_pages_links_in_a_sentence_are_read_past():
    text = (
        "Bridge chief Nancy Hale Nancy HaleRiver fans voice fears Judge lets ferry run | Is it over? "
        "‘Good riddance’ says Luis Vale MORE (D-Ohio), though, said in a letter that the bridge was “past all mending”."
    )
    assert speakers(text) == ["Nancy Hale"]


def test_the_lawyer_of_a_widow_is_not_the_widow():
    text = (
        "An attorney for Orlov’s widow called it “the end of the bridge”.\n\nOrlov’s widow, Marina, said outside that "
        "she was “glad of the day”."
    )
    assert speakers(text) == ["attorney for Orlov’s widow", "Orlov’s widow"]


def test_a_sentence_needs_no_comma_before_who_tweeted_it():
    assert speakers("“The bridge stands after the flood” Amber Hale tweeted. She left.") == ["Amber Hale"]


def test_a_block_after_according_to_is_of_whom_it_is_according_to():
    text = "BREAKING: The boy has been found, according to his great-aunt Amber Hale:\n\nWe are glad. I thank you all."
    assert speakers(text) == ["Amber Hale"]


def test_a_title_that_is_said_to_be_one_is_no_quotation():
    assert speakers("Amber Hale was here. It came in answer to a column titled, “What the bridge gets right.”") == []
