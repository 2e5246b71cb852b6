-- release_lines partitions, typed and named as the table release_line_versions, without its history columns.
select
    release_id || ':' || number as line_id,
    release_id,
    number,
    start as char_start,
    "end" as char_end,
    coalesce(in_standfirst, false) as in_standfirst,
    speaker,
    case
        when list_contains([one.how for one in carried_by], 'word_for_word') then 'word_for_word'
        when len(carried_by) > 0 then 'other_words'
        else 'not_carried'
    end as how,
    [
        {
            'article_id': one.article_id,
            'how': one.how,
            'share': one.share,
            'char_start': one.start,
            'char_end': one."end",
            'in_standfirst': coalesce(one.in_standfirst, false)
        }
        for one in carried_by
    ] as carried_by
from (
    -- partitions that were written before standfirsts had lines do not have the columns
    select cast(null as boolean) as in_standfirst, cast([] as struct(in_standfirst boolean)[]) as carried_by where false
    union all by name
    select * from read_parquet($paths, union_by_name = true)
)
