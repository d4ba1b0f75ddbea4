"""Our reading as a spaCy pipe, as a user of spaCy alone would have it."""

import pytest
import spacy

TEXT = "重庆市渝北区民政局印发《渝北区养老服务实施方案》（渝北民〔2023〕5号），为640名失能老人发放高龄津贴超2347万元。"


@pytest.fixture(scope="module")
def doc():
    nlp = spacy.blank("zh")
    nlp.add_pipe("policy_rules")
    return nlp(TEXT)


def test_entities_do_not_overlap_and_carry_their_attributes(doc):
    entities = {(e.text, e.label_): e for e in doc.ents}
    assert entities["重庆市渝北区民政局", "AGENCY"]._.policy["canonical"] == "重庆市渝北区民政局"
    assert entities["超2347万元", "COUNT"]._.policy["value"] == 23470000
    ends = [0, *(e.end for e in doc.ents)]
    assert all(entity.start >= end for entity, end in zip(doc.ents, ends, strict=False))


def test_spans_hold_every_mention(doc):
    assert {e.text for e in doc.ents} <= {s.text for s in doc.spans["policy"]}
    assert {s.label_ for s in doc.spans["policy"]} >= {"AGENCY", "COUNT", "DOCUMENT_NUMBER", "DOCUMENT_TITLE", "GROUP"}


def test_header_and_relations_hang_on_the_doc(doc):
    assert set(doc._.policy_header) >= {"number", "title", "issuers"}
    assert ("渝北民〔2023〕5号", "issued_by", "重庆市渝北区民政局") in doc._.policy_relations


def test_a_tokenizer_of_words_makes_spans_grow():
    nlp = spacy.blank("en")
    nlp.add_pipe("policy_rules")
    doc = nlp("参见 民政部印发的通知 。")
    assert [(s.text, s.label_) for s in doc.spans["policy"]] == [("民政部印发的通知", "AGENCY")]


def test_other_pipes_are_left_alone():
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PLACE", "pattern": [{"TEXT": "湖"}]}])
    nlp.add_pipe("policy_rules")
    assert {e.label_ for e in nlp("民政部在湖边。").ents} == {"PLACE", "AGENCY"}
