// What answers mean: the rows of partner-center reference 4.2, the shapes of 4.1, dates and cutting.
#include "live/answer.h"

#include <gtest/gtest.h>

#include "live/json_access.h"
#include "live/scripted_transport.h"

namespace termwise::live {
namespace {

using test::ScriptedTransport;

ReplyNote noted(int status, std::string body, std::vector<HttpHeader> headers = {}) {
    return note_of(ScriptedTransport::json(status, std::move(body), std::move(headers)));
}

struct Row {
    ReplyClass reply_class;
    std::vector<std::pair<int, const char*>> members;
};

TEST(Classify, FollowsTheTableRowByRow) {  // 4.2
    const std::vector<Row> rows{
        {ReplyClass::ok, {{200, ""}, {201, ""}, {202, ""}}},
        {ReplyClass::transient,
         {{500, ""},
          {502, ""},
          {503, ""},
          {504, ""},
          {408, ""},
          {500, "800003"},
          {500, "800005"},
          {500, "800094"},
          {400, "900192"},
          {408, "900225"}}},
        {ReplyClass::throttled, {{429, ""}}},
        {ReplyClass::not_ready,
         {{409, "800060"},
          {409, "800064"},
          {409, "800082"},
          {409, "900278"},
          {409, "27009"},
          {400, "800081"},
          {400, "900261"},
          {400, "900280"},
          {400, "60012"}}},
        {ReplyClass::stale, {{400, "2055"}, {412, ""}, {417, "800036"}}},
        {ReplyClass::re_resolve, {{404, "400019"}, {400, "10001"}, {404, "800008"}, {200, "400072"}}},
        {ReplyClass::human,
         {{403, "13605"},
          {403, "900309"},
          {403, "800073"},
          {403, "800074"},
          {403, "800075"},
          {400, "900123"},
          {400, "900124"},
          {403, "20002"}}},
        {ReplyClass::absent, {{404, ""}, {404, "20003"}, {404, "20000"}, {404, "60002"}, {400, "900224"}}},
        {ReplyClass::permanent,
         {{403, ""},       {403, "2006"},   {400, "2001"},   {400, "2002"},   {400, "2006"},
          {400, "2011"},   {400, "2054"},   {403, "2091"},   {400, "2100"},   {403, "800004"},
          {400, "800010"}, {400, "800017"}, {400, "800018"}, {403, "800088"}, {403, "800089"},
          {400, "800090"}, {400, "800091"}, {400, "800093"}, {400, "900117"}, {400, "900213"},
          {400, "900214"}, {400, "900215"}, {400, "900223"}, {400, "900257"}, {400, "900277"},
          {400, "900279"}, {400, "900311"}, {400, "900316"}, {403, "900329"}, {401, "400"},
          {301, ""},       {302, ""},       {400, ""}}}};
    for (const Row& row : rows)
        for (const auto& [status, code] : row.members)
            EXPECT_EQ(reply_class_name(classify(status, code)), reply_class_name(row.reply_class))
                << status << '/' << code;
}

TEST(Note, ReadsTheShapesOfErrors) {  // 4.1
    const ReplyNote a =
        noted(400, R"({"code":60012,"description":"no licences left","data":["x"],"source":"y"})");
    EXPECT_EQ(a.code, "60012");
    EXPECT_EQ(a.text, "no licences left");
    EXPECT_EQ(a.http_status, 400);
    EXPECT_EQ(noted(400, R"({"code":"2055","description":"etag"})").reply_class, ReplyClass::stale);

    const ReplyNote b = noted(429, R"({"statusCode":429,"message":"try again"})", {{"Retry-After", "57"}});
    EXPECT_EQ(b.reply_class, ReplyClass::throttled);
    EXPECT_EQ(b.code, "");
    EXPECT_EQ(b.text, "try again");
    EXPECT_EQ(b.retry_after_s, 57);

    const ReplyNote c = noted(404, R"({"code":600074,"message":"m","description":"d","isRetryable":false})");
    EXPECT_EQ(c.code, "600074");
    EXPECT_EQ(c.text, "d");

    for (const char* body : {"", "<html><b>502</b></html>", "[1]", "\xEF\xBB\xBF{}", "\"x\""}) {
        const ReplyNote f = noted(502, body);
        EXPECT_EQ(f.reply_class, ReplyClass::transient) << body;
        EXPECT_EQ(f.code, "") << body;
    }
    EXPECT_EQ(noted(502, "<html>\r\n<b>bad</b>\x07</html>").text, "<html>  <b>bad</b> </html>");
}

TEST(Note, ASecondFactorIsAskedForInTwoWays) {  // 1.4
    HttpOutcome outcome = ScriptedTransport::json(401, "x");
    outcome.response->reason = "Unauthorized - MFA required";
    EXPECT_EQ(note_of(outcome).reply_class, ReplyClass::locked_out);
    EXPECT_EQ(noted(401, "", {{"www-authenticate", "Bearer error=\"invalid_token\""}}).reply_class,
              ReplyClass::locked_out);
    EXPECT_EQ(noted(401, R"({"code":"400"})", {{"WWW-Authenticate", "Bearer"}}).reply_class,
              ReplyClass::permanent);
    EXPECT_EQ(noted(401, "").reply_class, ReplyClass::permanent);
}

TEST(Note, TellsWhatWasSurelyNotSent) {  // 4.2, first row
    for (const NoAnswer why : {NoAnswer::refused, NoAnswer::tls})
        EXPECT_EQ(note_of(ScriptedTransport::none(why)).reply_class, ReplyClass::not_sent);
    for (const NoAnswer why : {NoAnswer::reset, NoAnswer::truncated, NoAnswer::timed_out, NoAnswer::too_large,
                               NoAnswer::malformed}) {
        const ReplyNote note = note_of(ScriptedTransport::none(why));
        EXPECT_EQ(note.reply_class, ReplyClass::no_answer);
        EXPECT_NE(note.text.find("(made up)"), std::string::npos);
        EXPECT_EQ(note.http_status, 0);
    }
}

TEST(Note, LongTextsAreCutToWholeCharacters) {
    const ReplyNote note = noted(400, R"({"description":")" + std::string(2'000, 'x') + "\"}");
    EXPECT_LE(note.text.size(), 310U);
    EXPECT_TRUE(note.text.ends_with("x ..."));
    for (int before = 0; before < 4; ++before) {
        std::string text(static_cast<std::size_t>(before), 'x');
        for (int i = 0; i < 200; ++i) text += "\xE2\x82\xAC";
        const std::string cut = noted(400, R"({"description":")" + text + "\"}").text;
        EXPECT_FALSE(Json(cut.substr(0, cut.size()))
                         .dump(-1, ' ', false, Json::error_handler_t::replace)
                         .find("\xEF\xBF\xBD") != std::string::npos)
            << "a character was cut in two";
    }
}

TEST(Note, BytesThatAreNoTextDoNotPassForOne) {
    const std::string text = noted(502, "\xFF\xFE caf\xE9 \xC3").text;
    EXPECT_NO_THROW((void)Json(text).dump()) << "what is written to JSON later must be UTF-8";
}

TEST(Note, RedirectsAreNotFollowedAndSaySo) {
    const ReplyNote note = noted(302, "", {{"Location", "https://elsewhere.example"}});
    EXPECT_EQ(note.reply_class, ReplyClass::permanent);
    EXPECT_NE(note.text.find("not followed"), std::string::npos);
}

TEST(Note, RetryAfterIsSecondsWithinADay) {  // 4.3
    const auto wait = [](const char* value) {
        return noted(429, "", {{"retry-after", value}}).retry_after_s;
    };
    EXPECT_EQ(wait("0"), 0);
    EXPECT_EQ(wait(" 12 "), 12);
    EXPECT_EQ(wait("5,5"), 5);
    EXPECT_EQ(wait("999999999"), 86'400);
    EXPECT_EQ(wait("-1"), std::nullopt);
    EXPECT_EQ(wait("soon"), std::nullopt);
    EXPECT_EQ(wait("1.5"), std::nullopt);
    EXPECT_EQ(wait("Mon, 03 Feb 2031 04:05:06 GMT"), std::nullopt);
}

TEST(Note, TakesTheServersTime) {
    const ReplyNote note = noted(200, "{}", {{"date", "Mon, 03 Feb 2031 04:05:06 GMT"}});
    EXPECT_EQ(to_text(note.server_time.value()), "2031-02-03T04:05:06Z");
    for (const char* date :
         {"", "2031-02-03T04:05:06Z", "Mon, 03 Foo 2031 04:05:06 GMT", "Mon, 31 Feb 2031 04:05:06 GMT",
          "Mon, 03 Feb 2031 04:05:06 CET", "Mon, 03 Feb 2031 04:05:06 GMT "})
        EXPECT_EQ(parse_http_date(date), std::nullopt) << date;
}

}  // namespace
}  // namespace termwise::live
