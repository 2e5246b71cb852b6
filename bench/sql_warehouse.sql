-- Rows of a made-up press for bench/sql.py: articles numbered from $first up to $last, 5,000 a day, with their places,
-- quotes, figures and mentions: ten rows an article. Words follow Zipf's law over 60,000 made-up ones, as in a year of
-- newspapers; one article in fifty is a release, one in four a copy of the one before it.
insert into article_versions by name
with

numbered as (
    select number, number // 5000 as day_no, number - (number % 4 = 3)::int as text_no
    from range($first, $last) as numbers (number)
)

select
    md5('article' || number)[:20] as article_id,
    md5('document' || number) || md5('document' || number) as document_id,
    case when number % 50 = 0 then 'press_release' else 'article' end as kind,
    'W' || (hash(text_no) % 5000) || ' ' || array_to_string(
        list_transform(range(7), lambda k: 'w' || floor(pow(60000.0, (hash(text_no * 7919 + k) % 1000003) / 1000003.0))::int), ' '
    ) as title,
    array_to_string(
        list_transform(range(280), lambda k: 'w' || floor(pow(60000.0, (hash(text_no * 1009 + k) % 1000003) / 1000003.0))::int), ' '
    ) as text,
    280 as word_count,
    timestamptz '2025-01-01 00:00:00+00' + to_days(day_no::int) + to_seconds(hash(number) % 86400) as published_at,
    date '2025-01-01' + day_no::int as published_on,
    case when number % 10 = 0 then 'day' else 'minute' end as date_precision,
    case when number % 20 = 0 then 'inferred' else 'text' end as dated_by,
    case when number % 3 > 0 then 'Author ' || (hash(number) % 3000) end as author,
    case when number % 50 > 0 and number % 23 > 0 then 'Outlet ' || floor(pow(400.0, (hash(number * 31) % 10007) / 10007.0))::int end
        as outlet,
    case when number % 4 = 3 then 'Agency ' || (number % 5) end as agency,
    case when number % 50 = 0 then 'Department ' || (number % 20) end as issuer,
    'en' as language,
    'https://example.org/' || number as url,
    [] as captions,
    [] as reported_outlets,
    0 as byte_start,
    2000 as byte_end,
    'utf-8' as encoding,
    [] as paragraphs,
    [] as pieces,
    timestamptz '2025-01-01 00:00:00+00' + to_days(day_no::int + 1) as first_seen_at,
    md5('row' || number) as row_hash,
    timestamptz '2025-01-01 00:00:00+00' + to_days(day_no::int + 1) as known_from
from numbered;

insert into placement_versions by name
select
    md5('article' || number)[:20] as article_id,
    md5('group' || (number - (number % 4 = 3)::int))[:20] as group_id,
    -- stories of 1 to some hundred articles, a few of them over two days
    md5('story' || ((number - 500 * (number % 97 = 0)::int) // 5000) || '-' || floor(pow(1800.0, (hash(number * 17) % 10007) / 10007.0)))[:20]
        as story_id,
    date '2025-01-01' + (number // 5000)::int as covered_on,
    'text' as covered_by,
    [{'kind': 'topic', 'detail': 'both tell of w' || (number % 60000), 'weight': 1.0}] as because,
    md5('place' || number) as row_hash,
    timestamptz '2025-01-01 00:00:00+00' + to_days((number // 5000)::int + 1) as known_from
from range($first, $last) as numbers (number);

insert into quote_versions by name
select
    md5('quote' || number || '-' || place)[:20] as quote_id,
    md5('article' || number)[:20] as article_id,
    'Words of speaker w' || (hash(number * 3 + place) % 60000) || ' on w' || (hash(number * 5 + place) % 60000) as text,
    case when place = 0 or number % 3 > 0 then 'Speaker ' || floor(pow(4000.0, (hash(number * 13 + place) % 10007) / 10007.0))::int end
        as speaker,
    'text' as speaker_by,
    'Role ' || (number % 300) as role,
    'direct' as kind,
    [[10, 60]] as fragments,
    md5('quote row' || number || '-' || place) as row_hash,
    timestamptz '2025-01-01 00:00:00+00' + to_days((number // 5000)::int + 1) as known_from
from range($first, $last) as numbers (number), range(2) as places (place);

insert into figure_versions by name
select
    md5('figure' || number || '-' || place)[:20] as figure_id,
    md5('article' || number)[:20] as article_id,
    'text' as part,
    10 as char_start,
    20 as char_end,
    '£' || (number % 90 + place) || ' million' as text,
    (number % 90 + place) * 1e6 as value,
    'GBP' as unit,
    'exact' as bound,
    'a fund of w' || (number % 60000) as subject,
    md5('figure row' || number || '-' || place) as row_hash,
    timestamptz '2025-01-01 00:00:00+00' + to_days((number // 5000)::int + 1) as known_from
from range($first, $last) as numbers (number), range(2) as places (place);

insert into mention_versions by name
select
    md5('article' || number)[:20] || ' person Name ' || place as mention_id,
    md5('article' || number)[:20] as article_id,
    'Name ' || floor(pow(9000.0, (hash(number * 19 + place) % 10007) / 10007.0))::int as name,
    case when place < 2 then 'person' else 'organisation' end as type,
    10 as char_start,
    20 as char_end,
    1 as mention_count,
    md5('mention row' || number || '-' || place) as row_hash,
    timestamptz '2025-01-01 00:00:00+00' + to_days((number // 5000)::int + 1) as known_from
from range($first, $last) as numbers (number), range(4) as places (place);

insert into quotation_variants by name
select
    md5('quotation' || (number - (number % 4 = 3)::int) || '-' || place)[:20] as quotation_id,
    md5('story' || ((number - 500 * (number % 97 = 0)::int) // 5000) || '-' || floor(pow(1800.0, (hash(number * 17) % 10007) / 10007.0)))[:20]
        as story_id,
    (number % 4 = 3)::int as place,
    md5('quote' || number || '-' || place)[:20] as quote_id,
    md5('article' || number)[:20] as article_id,
    'Speaker ' || floor(pow(4000.0, (hash(number * 13 + place) % 10007) / 10007.0))::int as speaker,
    'Role ' || (number % 300) as role,
    1.0 as carried,
    case when number % 40 = 3 then [{'kind': 'altered', 'full_words': 'has', 'variant_words': 'had', 'detail': 'has became had'}]
        else [] end as differences
from range($first, $last) as numbers (number), range(2) as places (place);

insert into figure_doubts by name
select
    md5('story' || ((number - 500 * (number % 97 = 0)::int) // 5000) || '-' || floor(pow(1800.0, (hash(number * 17) % 10007) / 10007.0)))[:20]
        as story_id,
    number as number,
    'within' as kind,
    'two amounts in one text' as detail,
    [md5('figure' || number || '-0')[:20], md5('figure' || number || '-1')[:20]] as figure_ids,
    [md5('article' || number)[:20]] as article_ids
from range($first, $last) as numbers (number)
where number % 100 = 1;
