"""What stands beside the editions."""

from evidence.editions import site


def test_a_host_that_runs_jekyll_leaves_nothing_out(tmp_path):
    assert (site.site([], tmp_path / "html", site.Known()) / ".nojekyll").is_file()
