// Whatever stands in the data of a report, it cannot leave its element.
#include "formats/report_page.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "formats/report_writer.h"
#include "planning/strategies.h"
#include "support/drafts.h"

namespace termwise {
namespace {

constexpr std::string_view kBefore =
    "<!doctype html><html lang=\"TERMWISE-LANG\"><meta charset=\"utf-8\"><body>"
    "<script type=\"application/json\" id=\"data\">";
constexpr std::string_view kAfter = "</script><script>draw()</script></body></html>";
const std::string kTemplate = std::string(kBefore) + "/*TERMWISE-DATA*/" + std::string(kAfter);

std::string page_of(const std::function<void(const TextSink&)>& write_data) {
    std::string text;
    ReportPage::of(kTemplate)->write("de", write_data, [&](std::string_view piece) { text += piece; });
    return text;
}

/// What stands in the data's element, as a browser sees it: up to the first end tag of a script.
std::string data_in(const std::string& page) {
    const std::string_view start = "id=\"data\">";
    const std::size_t from = page.find(start) + start.size();
    return page.substr(from, page.find("</script", from) - from);
}

/// Names as nobody should have them: pieces that end elements, open comments, turn text around, or are long.
rc::Gen<std::string> hostile() {
    static const std::vector<std::string> kPieces{"<script>alert(1)</script>",
                                                  "</script>",
                                                  "</SCRIPT ",
                                                  "<!--",
                                                  "-->",
                                                  "]]>",
                                                  "\"",
                                                  "'",
                                                  "\\",
                                                  "\\u003c",
                                                  "&lt;&#60;",
                                                  "\xe2\x80\xa8",
                                                  "\xe2\x80\xa9",
                                                  "\xe2\x80\xaeנרב",
                                                  "\xe2\x82\xac",
                                                  "\xf0\x9f\x92\xa5",
                                                  "/*TERMWISE-DATA*/",
                                                  "TERMWISE-LANG",
                                                  "\n",
                                                  "\x01",
                                                  "\x7f",
                                                  std::string(500, 'x'),
                                                  "a"};
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kPieces)),
                        [](const std::vector<std::string>& pieces) {
                            std::string name;
                            for (const std::string& piece : pieces) name += piece;
                            return name;
                        });
}

TEST(ReportPage, PutsLanguageAndDataInTheirPlaces) {
    EXPECT_EQ(page_of([](const TextSink& sink) { sink("{\"format\":1}"); }),
              "<!doctype html><html lang=\"de\"><meta charset=\"utf-8\"><body>"
              "<script type=\"application/json\" id=\"data\">{\"format\":1}" +
                  std::string(kAfter));
}

TEST(ReportPage, WantsEachPlaceOnce) {
    EXPECT_FALSE(ReportPage::of("<html></html>"));
    EXPECT_FALSE(ReportPage::of(kTemplate + kTemplate));
    EXPECT_FALSE(
        ReportPage::of("<html lang=\"TERMWISE-LANG\"><script id=\"data\">/*TERMWISE-DATA*/</script>"));
}

RC_GTEST_PROP(ScriptSafeJson, ChangesNoValueWhereverPiecesEnd, ()) {
    const std::string value = *hostile();
    const std::string json = nlohmann::json(value).dump();
    std::string safe;
    ScriptSafeJson writer([&](std::string_view piece) { safe += piece; });
    for (std::size_t at = 0; at < json.size();) {
        const std::size_t size = *rc::gen::inRange<std::size_t>(1, 9);
        writer.add(std::string_view(json).substr(at, size));
        at += size;
    }
    writer.finish();
    RC_ASSERT(safe.find_first_of("<>&") == std::string::npos);
    RC_ASSERT(safe.find("\xe2\x80\xa8") == std::string::npos);
    RC_ASSERT(safe.find("\xe2\x80\xa9") == std::string::npos);
    RC_ASSERT(nlohmann::json::parse(safe).get<std::string>() == value);
}

RC_GTEST_PROP(ReportPage, HoldsAnyNameAsItIs, ()) {
    test::SmallScenario small;
    small.draft.name = *hostile();
    const std::string name = *hostile(), offer = *hostile(), file = *hostile();
    small.customer("contoso").name = small.draft.portfolio.texts.add(name);
    small.offer("e3-csp").name = offer;
    const Scenario scenario = small.build();
    Report report;
    report.frame = report_frame_of(scenario, std::string(64, '0'));
    report.made_by = {"0", "report", {"termwise", "report", file}};
    report.scenario = &scenario;
    report.plans.push_back(
        reported_plan(scenario, ReportedKind::file, file, plan_by(scenario, Strategy::wait).plan));
    const std::string page = page_of([&](const TextSink& sink) { write_report(report, sink); });
    const std::string data = data_in(page);
    RC_ASSERT(data.find_first_of("<>&") == std::string::npos);
    RC_ASSERT(page.ends_with(kAfter));
    const nlohmann::json read = nlohmann::json::parse(data);
    RC_ASSERT(read.at("scenario").at("name") == scenario.name);
    RC_ASSERT(read.at("customers").at("name").at(0) == name);
    RC_ASSERT(read.at("plans").at(0).at("name") == file);
    bool found = false;
    for (const auto& one : read.at("offers")) found = found || one.at("name") == offer;
    RC_ASSERT(found);
}

}  // namespace
}  // namespace termwise
