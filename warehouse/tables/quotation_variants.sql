-- quotation_variants: the same utterance wherever a story carried it.
-- Grain: one row per quote_id. Worked out anew for the stories that a batch touches (pipeline.edges.story_facts).
create table if not exists quotation_variants (
    quotation_id varchar not null,
    story_id varchar not null,
    place bigint not null,
    quote_id varchar not null,
    article_id varchar not null,
    speaker varchar,
    role varchar,
    carried double not null,
    differences struct(kind varchar, full_words varchar, variant_words varchar, detail varchar)[] not null
);

comment on table quotation_variants is 'Quotations of a story with what each article carried of them, cut, added and altered: one utterance counts once.';
comment on column quotation_variants.quotation_id is 'The utterance: derived from its fullest variant.';
comment on column quotation_variants.story_id is 'The story.';
comment on column quotation_variants.place is 'Its place among the variants; 0 is the fullest.';
comment on column quotation_variants.quote_id is 'The quote (quotes.quote_id).';
comment on column quotation_variants.article_id is 'The article that carries it.';
comment on column quotation_variants.speaker is 'Speaker of the utterance, as the articles that name one agree; null when not known.';
comment on column quotation_variants.role is 'Role of the speaker, as the fullest variant or else another gives it; null when none does.';
comment on column quotation_variants.carried is 'Share of the words of the fullest variant, 0 to 1.';
comment on column quotation_variants.differences is 'Where it departs from the fullest: kind is cut, added or altered; detail is a sentence for an editor.';
