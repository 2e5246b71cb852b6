-- Feeds whose news of the day may be missing: those that have not answered since, and those that had fallen silent.
select coalesce(outlet, title, url) as name, health, split_part(fault, ':', 1) as reason
from feeds_at($as_of)
where added_on <= $day
    and (
        (health in ('failing', 'gone') and (last_success_on is null or last_success_on <= $day))
        or (health = 'silent' and (last_new_on is null or last_new_on < $day))
    )
order by lower(name), url
