-- A made-up press: article_count articles, a_day a day, three to a story, one in ten a release; two quotes, three
-- figures and four mentions each. Reads the variables first_day, article_count and a_day.
create temporary table made as
select
    number,
    number // 3 as story,
    left(md5('article ' || number), 20) as article_id,
    left(md5('article ' || number // 3 * 3), 20) as story_id,
    number % 10 = 0 as is_release,
    number % 80 + 20 as millions,
    getvariable('first_day') + cast(number // getvariable('a_day') as integer) as day,
    cast(getvariable('first_day') + cast(number // getvariable('a_day') as integer) + 1 as timestamptz) as known_from
from range(getvariable('article_count')) as numbers(number);

insert into article_versions by name
select
    article_id,
    article_id as document_id,
    case when is_release then 'press_release' else 'article' end as kind,
    case when is_release then 'news_story' end as release_type,
    'Ministers pledge £' || millions || 'm for '
        || list_extract(['bridges', 'buses', 'hostels', 'pools'], number % 4 + 1) || ' in district ' || story as title,
    'Home Secretary Amber Hale said: “We will mend bridge ' || story || ' and not rest until it is open to all again.”'
        || chr(10) || chr(10)
        || list_reduce(
            list_transform(
                range(12),
                lambda step: 'The councils of district ' || (story + step * 37) % 1009
                    || ' were told in the morning that £' || millions || ' million for '
                    || list_extract(['bridges', 'buses', 'hostels', 'pools'], (number + step) % 4 + 1)
                    || ' would be kept before the summer of the next year.' || chr(10) || chr(10)
            ),
            lambda left_part, right_part: left_part || right_part
        ) as text,
    260 as word_count,
    cast(day as timestamptz) + to_minutes(number % 1400) as published_at,
    day as published_on,
    'minute' as date_precision,
    'text' as dated_by,
    case when not is_release then 'Outlet ' || number % 200 end as outlet,
    case when not is_release then 'text' end as outlet_by,
    case when is_release then 'Home Office' end as issuer,
    'en' as language,
    [] as captions,
    [] as reported_outlets,
    0 as byte_start,
    3000 as byte_end,
    'utf-8' as encoding,
    {'byte_start': 0, 'byte_end': 60} as title_span,
    [] as paragraphs,
    [] as pieces,
    known_from as first_seen_at,
    article_id as row_hash,
    known_from
from made
order by number;

insert into placement_versions by name
select article_id, article_id as group_id, story_id, day as covered_on, 'text' as covered_by, story_id as tied_to,
    [] as because, article_id as row_hash, known_from
from made
order by number;

insert into quote_versions by name
select
    article_id || '-' || part as quote_id,
    article_id,
    case part when 0 then 'We will mend bridge ' || story || ' and not rest until it is open to all again.'
        else 'councils of district ' || story % 1009 end as text,
    case part when 0 then 'Amber Hale' end as speaker,
    'text' as speaker_by,
    case part when 0 then 'Home Secretary' end as role,
    'text' as role_by,
    case part when 0 then 'Home Office' end as organisation,
    case part when 0 then 'direct' else 'fragment' end as kind,
    'said' as cue,
    case part when 0 then [[33, 91 + len(cast(story as varchar))]] else [[110, 130]] end as fragments,
    article_id as row_hash,
    known_from
from made
cross join range(2) as parts(part)
order by number;

insert into figure_versions by name
select
    article_id || '-' || part as figure_id,
    article_id,
    case part when 0 then 'title' else 'text' end as part,
    case part when 0 then 17 else 160 + part * 120 end as char_start,
    case part when 0 then 21 else 171 + part * 120 end as char_end,
    '£' || millions || case part when 0 then 'm' else ' million' end as text,
    millions * 1e6 as value,
    'GBP' as unit,
    'exact' as bound,
    'for bridges' as subject,
    article_id as row_hash,
    known_from
from made
cross join range(3) as parts(part)
order by number;

insert into mention_versions by name
select
    article_id || ' ' || part as mention_id,
    article_id,
    list_extract(['Amber Hale', 'Home Office', 'District ' || story % 1009, 'Councils'], part + 1) as name,
    list_extract(['person', 'organisation', 'place', 'organisation'], part + 1) as type,
    case part when 0 then 'Home Secretary' end as role,
    case part when 0 then 'text' end as role_by,
    part as char_start,
    part + 5 as char_end,
    1 as mention_count,
    article_id as row_hash,
    known_from
from made
cross join range(4) as parts(part)
order by number;
