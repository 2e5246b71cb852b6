-- quote_variants: what each article made of a quotation, found by its speaker's name or by some of its words.
-- Grain: one row per quote_id. Reads: quotes, articles.
create or replace macro quote_variants(words) as table
with

wanted as (
    select distinct variants.quotation_id, variants.story_id
    from quotation_variants as variants
    join quotes on quotes.quote_id = variants.quote_id
    where contains(lower(coalesce(variants.speaker, '')), lower(words)) or contains(lower(quotes.text), lower(words))
)

select
    variants.quotation_id,
    variants.story_id,
    variants.place,
    variants.speaker,
    quotes.role,
    coalesce(articles.outlet, articles.issuer) as source,
    articles.published_on,
    round(variants.carried, 3) as carried,
    [difference.detail for difference in variants.differences] as differences,
    quotes.text,
    variants.article_id,
    variants.quote_id
from quotation_variants as variants
semi join wanted using (quotation_id, story_id)
join quotes on quotes.quote_id = variants.quote_id
join articles on articles.article_id = variants.article_id
order by variants.quotation_id, variants.story_id, variants.place, variants.quote_id;

comment on macro table quote_variants is 'Quotations by a speaker''s name or some of their words, the fullest first, then what each article carried, cut and altered: quote_variants(''Rudd'').';
