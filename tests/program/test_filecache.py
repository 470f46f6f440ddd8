from multiprocessing import get_context

from program.filecache import FileCache


def _worker(folder, keys, start, won):
    cache = FileCache(folder, {"OPTIONS": {"MAX_ENTRIES": 5000}})  # as in the settings: none makes room
    start.wait()
    won.put([key for key in keys if cache.add(key, True, 60)])


def test_add_is_won_by_one_of_two_processes(tmp_path):
    context = get_context("fork")
    start, won = context.Barrier(2), context.Queue()
    keys = [f"lock{number}" for number in range(400)]
    workers = [context.Process(target=_worker, args=(str(tmp_path), keys, start, won)) for _ in range(2)]

    for worker in workers:
        worker.start()
    winners = won.get(timeout=30) + won.get(timeout=30)
    for worker in workers:
        worker.join()

    assert sorted(winners) == sorted(keys)


def test_add_replaces_what_has_expired_and_nothing_else(tmp_path):
    cache = FileCache(str(tmp_path), {})
    cache.set("old", 1, timeout=-1)

    assert cache.add("old", 2, 60)
    assert not cache.add("old", 3, 60)
    assert cache.get("old") == 2
    assert [path.suffix for path in tmp_path.iterdir()] == [".djcache"]
