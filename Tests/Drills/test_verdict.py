"""python3 -m unittest test_verdict, in this folder."""

import json
import unittest

from verdict import Check, payload, percentile, ranges, recoveries


def line(number, **changes):
    return json.dumps({"source": "drill", "id": str(number), "data": payload(number), **changes})


class CheckTests(unittest.TestCase):
    def check(self, *lines, count=3):
        check = Check("drill", count)
        for text in lines:
            check.take(text)
        return check.problems()

    def test_every_event_once_in_order_is_well(self):
        self.assertEqual(self.check(line(1), line(2), line(3)), [])

    def test_a_repeat_is_found(self):
        self.assertEqual(self.check(line(1), line(2), line(2), line(3)), ["2 printed twice"])

    def test_disorder_is_found(self):
        self.assertEqual(self.check(line(1), line(3), line(2)), ["2 printed after 3"])

    def test_a_hole_is_found(self):
        self.assertEqual(self.check(line(3)), ["2 missing and not named: 1-2"])

    def test_a_named_hole_is_well(self):
        gap = json.dumps({"source": "hub", "type": "com.example.stream.gap",
                          "data": {"from": "1", "to": "2"}})
        self.assertEqual(self.check(gap, line(3)), [])

    def test_a_gap_that_names_another_range_does_not_help(self):
        gap = json.dumps({"source": "hub", "type": "com.example.stream.gap",
                          "data": {"from": "1", "to": "1"}})
        self.assertEqual(self.check(gap, line(3)), ["1 missing and not named: 2"])

    def test_a_gap_of_unknown_length_excuses_nothing(self):
        gap = json.dumps({"source": "hub", "type": "com.example.stream.gap", "data": {}})
        self.assertEqual(self.check(gap, line(1), line(2), line(3)), [])
        self.assertEqual(self.check(gap, line(1), line(3)), ["1 missing and not named: 2"])

    def test_damage_is_found(self):
        self.assertEqual(
            self.check(line(1), line(2, data={}), line(3)), ["event 2 is not what was published"])

    def test_what_is_no_event_is_found(self):
        self.assertEqual(len(self.check("{", "[]", line(1), line(2), line(3))), 2)

    def test_the_end_missing_is_found(self):
        self.assertEqual(self.check(line(1)), ["2 missing and not named: 2-3"])


class FigureTests(unittest.TestCase):
    def test_recovery_ends_with_an_event_published_after_the_fault(self):
        published = {1: 0.0, 2: 1.0, 3: 2.5}
        printed = {1: 0.1, 2: 3.0, 3: 3.5}
        self.assertEqual(recoveries([(2.0, "cut")], published, printed), [1.5])

    def test_a_fault_during_another_is_counted_once(self):
        published = {1: 5.0}
        printed = {1: 6.0}
        faults = [(2.0, "cut"), (4.0, "refuse"), (4.5, "delay")]
        self.assertEqual(recoveries(faults, published, printed), [2.0])

    def test_no_event_after_it_is_no_figure(self):
        self.assertEqual(recoveries([(2.0, "cut")], {1: 1.0}, {1: 3.0}), [])

    def test_percentiles_are_values_that_occurred(self):
        self.assertEqual(percentile([5, 1, 3], 50), 3)
        self.assertEqual(percentile(list(range(1, 101)), 99), 99)
        self.assertEqual(percentile([1], 99), 1)
        self.assertIsNone(percentile([], 50))

    def test_ranges_are_short(self):
        self.assertEqual(ranges([1, 2, 3, 7]), "1-3 7")
        self.assertEqual(ranges(range(1, 20, 2)), "1 3 5 7 9 ...")


if __name__ == "__main__":
    unittest.main()
