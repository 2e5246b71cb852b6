-- Brings those of the articles in arriving that fall into a block ($block, 10,000 numbers) into the index of search(),
-- and writes the rows of that block anew. A block at a time, because each has three million places.
create or replace temporary table placed as
with

split as (
    select
        arriving.article_no::integer as article_no,
        regexp_extract_all(lower(strip_accents(versions.title)), '[\p{L}\p{N}]+')[1:500] as title_words,
        regexp_extract_all(lower(strip_accents(versions.standfirst)), '[\p{L}\p{N}]+')[1:500] as standfirst_words,
        regexp_extract_all(lower(strip_accents(versions.text)), '[\p{L}\p{N}]+')[1:1000000] as body_words
    from article_versions as versions
    join arriving on arriving.version_row = versions.rowid and arriving.article_no // 10000 = $block
)

select article_no, unnest(title_words) as word, (generate_subscripts(title_words, 1) - 1)::integer as place
from split
union all
select article_no, unnest(standfirst_words), (generate_subscripts(standfirst_words, 1) + 499)::integer
from split
union all
select article_no, unnest(body_words), (generate_subscripts(body_words, 1) + 999)::integer
from split;

insert into search_articles by name
select
    arriving.article_no,
    versions.article_id,
    versions.row_hash,
    true as is_current,
    coalesce(counted.word_count, 0) as word_count,
    versions.published_on,
    versions.outlet,
    versions.kind,
    versions.title
from article_versions as versions
join arriving on arriving.version_row = versions.rowid and arriving.article_no // 10000 = $block
left join (select article_no, count(*) as word_count from placed group by article_no) as counted
    on counted.article_no = arriving.article_no
order by arriving.article_no;

create or replace temporary table words as
select distinct word from placed;

insert into search_words
select
    row_number() over (order by word) + (select coalesce(max(word_no), -1) from search_words),
    word,
    false
from words
anti join (select word from search_words where not is_pair) using (word);

create or replace temporary table numbered as
select word_no, word
from search_words
semi join words using (word)
where not is_pair;

create or replace temporary table block_places as
select numbered.word_no, placed.article_no, placed.place
from placed
join numbered using (word);

insert into block_places
select word_no, article_no, place
from search_places
anti join (select word_no from search_words where is_pair) using (word_no)
where article_no between 10000 * $block and 10000 * $block + 9999;

create or replace temporary table block_hits as
select word_no, article_no, count(*) as hit_count, count(*) filter (place < 500) as title_hit_count
from block_places
group by word_no, article_no;

-- one in 150: the twenty or so commonest words of a language, which stand twice or more in each text of 300 words.
-- A third of all places is theirs, so that their pairs are a twentieth
create or replace temporary table common as
select word_no
from block_places
group by word_no
having 150 * count(*) >= (select count(*) from block_places);

create or replace temporary table pairs as
with

common_places as (
    select word_no, article_no, place
    from block_places
    semi join common using (word_no)
)

select first.word_no as first_no, second.word_no as second_no, first.article_no, first.place
from common_places as first
join common_places as second on second.article_no = first.article_no and second.place = first.place + 1;

create or replace temporary table spelt as
select pairs.first_no, pairs.second_no, first.word || ' ' || second.word as word
from (select distinct first_no, second_no from pairs) as pairs
join search_words as first on first.word_no = pairs.first_no
join search_words as second on second.word_no = pairs.second_no;

insert into search_words
select
    row_number() over (order by word) + (select coalesce(max(word_no), -1) from search_words),
    word,
    true
from spelt
anti join search_words using (word);

insert into block_places
select words.word_no, pairs.article_no, pairs.place
from pairs
join spelt on spelt.first_no = pairs.first_no and spelt.second_no = pairs.second_no
join search_words as words on words.word = spelt.word;

delete from search_places where article_no between 10000 * $block and 10000 * $block + 9999;

delete from search_hits where article_no between 10000 * $block and 10000 * $block + 9999;

delete from search_frequencies where block = $block;

insert into search_places
select word_no, article_no, place
from block_places
order by word_no, article_no, place;

insert into search_hits
select hits.word_no, hits.article_no, hits.hit_count, hits.title_hit_count, articles.word_count
from block_hits as hits
join search_articles as articles on articles.article_no = hits.article_no
order by hits.word_no, hits.article_no;

insert into search_frequencies
select $block, word_no, count(*), word_no in (select word_no from common)
from block_hits
group by word_no
order by word_no;

drop table placed;

drop table words;

drop table numbered;

drop table common;

drop table pairs;

drop table spelt;

drop table block_places;

drop table block_hits;
