// Calendars as RFC 5545 has them.
#include "formats/ics_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/literals.h"

namespace termwise {
namespace {

std::string calendar(const IcsEvent& event) {
    std::string text;
    IcsWriter ics("Plan, A", "2026-01-05"_day, [&](std::string_view piece) { text += piece; });
    ics.event(event);
    ics.finish();
    return text;
}

TEST(Ics, AnEventIsAWholeDayAndKnowsNoClock) {
    EXPECT_EQ(calendar({"1@termwise", "2026-02-28"_day, "invite contoso", "a\nb"}),
              "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//termwise//agenda//EN\r\nCALSCALE:GREGORIAN\r\n"
              "X-WR-CALNAME:Plan\\, A\r\nBEGIN:VEVENT\r\nUID:1@termwise\r\nDTSTAMP:20260105T000000Z\r\n"
              "DTSTART;VALUE=DATE:20260228\r\nDTEND;VALUE=DATE:20260301\r\nSUMMARY:invite contoso\r\n"
              "DESCRIPTION:a\\nb\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(Ics, TextIsEscaped) {
    EXPECT_EQ(ics_text("a;b,c\\d\ne\x01"
                       "f"),
              "a\\;b\\,c\\\\d\\ne f");
}

/// RFC 5545, 3.1: no line is longer than 75 octets, and unfolding gives back what was written.
RC_GTEST_PROP(IcsProperty, LinesAreFoldedBetweenCharactersAndUnfoldToTheText, ()) {
    std::string summary;
    for (int i = *rc::gen::inRange(0, 200); i > 0; --i)
        summary +=
            *rc::gen::element<std::string>("a", ",", ";", "\\", "\n", "\u00e4", "\u20ac", "\U0001F4C5");
    const std::string text = calendar({"1@termwise", "2026-02-28"_day, summary, ""});
    std::string unfolded;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = text.find("\r\n", begin);
        RC_ASSERT(end != std::string::npos);
        RC_ASSERT(end - begin <= 75U);
        const bool goes_on = text[begin] == ' ';
        if (!goes_on && begin > 0) unfolded += '\n';
        RC_ASSERT((static_cast<unsigned char>(text[begin + (goes_on ? 1 : 0)]) & 0xC0U) != 0x80U);
        unfolded += text.substr(begin + (goes_on ? 1 : 0), end - begin - (goes_on ? 1 : 0));
        begin = end + 2;
    }
    RC_ASSERT(unfolded.find("\nSUMMARY:" + ics_text(summary) + "\nTRANSP") != std::string::npos);
}

}  // namespace
}  // namespace termwise
