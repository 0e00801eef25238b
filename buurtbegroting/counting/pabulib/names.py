"""Names that the format knows: keys of META, rules, columns. Others are kept, and remarked on."""

from __future__ import annotations

WHOLE_NUMBERS = (
    "num_projects",
    "num_votes",
    "min_length",
    "max_length",
)
AMOUNTS = (
    "min_sum_cost",
    "max_sum_cost",
    "min_points",
    "max_points",
    "min_sum_points",
    "max_sum_points",
    "default_score",
    "min_project_cost",
    "max_project_cost",
    "min_project_score_threshold",
)
KEYS = frozenset(
    (
        "description",
        "country",
        "unit",
        "district",
        "subunit",
        "instance",
        "budget",
        "vote_type",
        "rule",
        "date_begin",
        "date_end",
        "language",
        "currency",
        "edition",
        "comment",
        "leftover_budget",
        "acknowledgments",
        "experimental",
        "fully_funded",
        "subdistricts",
        "categories",
        "neighborhoods",
        "budget_per_category",
        "budget_per_neighborhood",
        "min_length_per_category",
        "max_length_per_category",
        "max_sum_cost_per_category",
        "scoring_fn",
        "exclusive_projects",
    )
).union(WHOLE_NUMBERS, AMOUNTS)
RULES = frozenset(
    (
        "greedy",
        "greedy-no-skip",
        "greedy-threshold",
        "greedy-exclusive",
        "greedy-custom",
        "equalshares",
        "equalshares/add1",
        "equalshares/add1u",
        "equalshares/add1-comparison",
        "unknown",
    )
)
PROJECT_COLUMNS = frozenset(
    (
        "project_id",
        "cost",
        "votes",
        "score",
        "name",
        "category",
        "target",
        "beneficiaries",
        "selected",
        "district",
        "neighborhood",
        "subunit",
        "description",
        "latitude",
        "longitude",
    )
)
VOTE_COLUMNS = frozenset(
    (
        "voter_id",
        "vote",
        "points",
        "age",
        "sex",
        "voting_method",
        "neighborhood",
        "district",
        "education",
    )
)
