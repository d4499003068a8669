#include "calendar/instant.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace termwise {
namespace {

TEST(Instant, ReadsWhatServersWrite) {
    const Instant expected = start_of(to_day({2031, 2, 3})) + (4 * 3600 + 5 * 60 + 6);
    for (const char* text :
         {"2031-02-03T04:05:06Z", "2031-02-03T04:05:06.1234567Z", "2031-02-03T04:05:06",
          "2031-02-02T20:05:06-08:00", "2031-02-03T04:05:06+00:00", "2031-02-03 05:35:06+0130"}) {
        const std::optional<Instant> instant = parse_instant(text);
        ASSERT_TRUE(instant) << text;
        EXPECT_EQ(*instant, expected) << text;
    }
    EXPECT_EQ(parse_instant("2031-02-03"), start_of(to_day({2031, 2, 3})));
    EXPECT_EQ(to_text(*parse_instant("9999-12-31T23:59:59Z")), "9999-12-31T23:59:59Z");
    EXPECT_EQ(to_text(*parse_instant("0001-01-01T00:00:00")), "0001-01-01T00:00:00Z");
}

TEST(Instant, RefusesWhatIsNoDate) {
    for (const char* text : {"", "2031", "2031-02-30", "2031-13-01", "2031-02-03T", "2031-02-03T24:00:00Z",
                             "2031-02-03T04:05:06.Z", "2031-02-03T04:05:06ZZ", "2031-02-03T04:05:06+1",
                             "2/3/2031 12:00:00 AM", " 2031-02-03"})
        EXPECT_FALSE(parse_instant(text)) << text;
}

RC_GTEST_PROP(InstantProperty, IsReadBackAsItWasWritten, ()) {
    const Instant instant{*rc::gen::inRange<std::int64_t>(-62'000'000'000, 250'000'000'000)};
    RC_ASSERT(parse_instant(to_text(instant)) == instant);
    RC_ASSERT(start_of(day_of(instant)) <= instant);
    RC_ASSERT(instant < start_of(day_of(instant) + 1));
}

}  // namespace
}  // namespace termwise
