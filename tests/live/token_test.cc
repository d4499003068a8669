// Access tokens (partner-center reference 1.2, 1.3): in time, for whom they are meant, and never shown.
#include "live/token.h"

#include <gtest/gtest.h>

#include "live/answer.h"
#include "live/scripted_transport.h"

namespace termwise::live {
namespace {

using test::ScriptedTransport;

struct Door {
    ScriptedTransport server;
    Instant now{1'000'000};
    std::vector<std::string> kept;
    TokenSource tokens;

    explicit Door(Credentials credentials = {"client id", "s3cret&", "refresh+1"})
        : tokens(
              server, {"https://login.example.test", "t", "https://user.test", "https://app.test"},
              std::move(credentials), [this] { return now; },
              [this](const std::string& next) { kept.push_back(next); }) {}

    void says(int status, std::string body) {
        server.token_answer = [status, body](const HttpRequest&) {
            return ScriptedTransport::json(status, body);
        };
    }
    [[nodiscard]] std::size_t asked() const { return server.token_requests.size(); }
};

TEST(Token, AsksAsTheServiceWantsIt) {
    Door door;
    EXPECT_EQ(door.tokens.token(TokenKind::user).value, "token-1");
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "token-2");
    const auto& asked = door.server.token_requests;
    EXPECT_EQ(asked[0].method, "POST");
    EXPECT_EQ(asked[0].url, "https://login.example.test/t/oauth2/token");
    EXPECT_EQ(header_value(asked[0].headers, "Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_EQ(asked[0].body,
              "resource=https%3A%2F%2Fuser.test&client_id=client%20id&client_secret=s3cret%26"
              "&grant_type=refresh_token&refresh_token=refresh%2B1&scope=openid");
    EXPECT_EQ(asked[1].body,
              "resource=https%3A%2F%2Fapp.test&client_id=client%20id&client_secret=s3cret%26"
              "&grant_type=client_credentials");
}

TEST(Token, IsUsedAgainUntilFiveMinutesBeforeItsEnd) {
    Door door;
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "token-1");
    door.now = door.now + 3'299;
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "token-1");
    door.now = door.now + 1;
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "token-2");
    EXPECT_EQ(door.asked(), 2U);
}

TEST(Token, AShortOrUnreadableLifeIsNoReasonToStop) {
    Door door;
    door.says(200, R"({"expires_in":"60","access_token":"short"})");
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "short");
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "short");
    EXPECT_EQ(door.asked(), 2U);
    door.says(200, R"({"expires_in":"soon","access_token":"usual"})");
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "usual");
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "usual");
    EXPECT_EQ(door.asked(), 3U);
}

TEST(Token, IsForgottenWhenItIsRefused) {
    Door door;
    (void)door.tokens.token(TokenKind::app);
    (void)door.tokens.token(TokenKind::user);
    door.tokens.forget(TokenKind::user);
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "token-1");
    EXPECT_EQ(door.tokens.token(TokenKind::user).value, "token-3");
}

TEST(Token, WithoutARefreshTokenTheApplicationSpeaksForItself) {
    Door door({"client", "s3cret", ""});
    EXPECT_EQ(door.tokens.token(TokenKind::user).value, "token-1");
    EXPECT_EQ(door.tokens.token(TokenKind::app).value, "token-1");
    EXPECT_NE(door.server.token_requests[0].body.find("grant_type=client_credentials"), std::string::npos);
}

TEST(Token, ANewRefreshTokenReplacesTheOldOne) {  // 1.2
    Door door;
    door.says(200, R"({"expires_in":"1","access_token":"a","refresh_token":"refresh-2"})");
    (void)door.tokens.token(TokenKind::user);
    EXPECT_EQ(door.kept, std::vector<std::string>{"refresh-2"});
    (void)door.tokens.token(TokenKind::user);
    EXPECT_NE(door.server.token_requests[1].body.find("refresh_token=refresh-2"), std::string::npos);
    EXPECT_EQ(door.kept.size(), 1U);  // the same one again is nothing new
    (void)door.tokens.token(TokenKind::app);
    EXPECT_EQ(door.kept.size(), 1U);
}

TEST(Token, RefusedCredentialsAreForPeopleAndShowNoSecret) {
    Door door;
    door.says(400, R"({"error":"invalid_grant","error_description":"AADSTS70000: expired.\r\nTrace: 1"})");
    auto reply = door.tokens.token(TokenKind::user);
    EXPECT_EQ(reply.reply_class, ReplyClass::locked_out);
    EXPECT_EQ(reply.text, "no access token: AADSTS70000: expired.");
    for (const char* secret : {"s3cret&", "refresh+1", "s3cret%26"}) {
        door.says(401, std::string(R"({"error_description":"bad )") + secret + "\"}");
        reply = door.tokens.token(TokenKind::user);
        EXPECT_EQ(reply.text, "no access token: the credentials are refused");
        // The service's echo in other shapes: no member, no JSON at all, a server's failure.
        for (const int status : {400, 401, 429, 500, 503, 302})
            for (const std::string& body : {std::string(R"({"description":")") + secret + "\"}",
                                            std::string(R"({"message":")") + secret + "\"}",
                                            std::string("<p>client_secret=") + secret}) {
                door.says(status, body);
                reply = door.tokens.token(TokenKind::user);
                EXPECT_FALSE(reply.ok());
                EXPECT_FALSE(door.tokens.holds_secret(reply.text)) << status << ' ' << reply.text;
            }
    }
}

// Known before anything is sent with it (1.4); the application's own token shows no factors.
TEST(Token, WithoutASecondFactorIsNotUsed) {
    Door door;
    door.says(200, R"({"expires_in":"3600","access_token":"e30.eyJhbXIiOlsicHdkIl19.x"})");
    const auto reply = door.tokens.token(TokenKind::user);
    EXPECT_EQ(reply.reply_class, ReplyClass::locked_out);
    EXPECT_EQ(reply.text, kWantsSecondFactor);
    EXPECT_EQ(reply.value, "");
    EXPECT_TRUE(door.tokens.token(TokenKind::app).ok());
    door.says(200, R"({"expires_in":"3600","access_token":"e30.eyJhbXIiOlsicHdkIiwibWZhIl19.x"})");
    EXPECT_TRUE(door.tokens.token(TokenKind::user).ok());  // after a new consent
}

TEST(Token, AServerThatFailsIsTriedAgainLater) {
    Door door;
    door.says(503, "");
    EXPECT_EQ(door.tokens.token(TokenKind::user).reply_class, ReplyClass::transient);
    door.says(429, "");
    EXPECT_EQ(door.tokens.token(TokenKind::user).reply_class, ReplyClass::throttled);
    for (const char* body : {"", "{}", "[]", R"({"access_token":""})", R"({"access_token":{}})"}) {
        door.says(200, body);
        const auto reply = door.tokens.token(TokenKind::user);
        EXPECT_EQ(reply.reply_class, ReplyClass::transient) << body;
        EXPECT_EQ(reply.value, "");
    }
}

TEST(Token, KnowsItsSecrets) {
    Door door;
    (void)door.tokens.token(TokenKind::user);
    EXPECT_TRUE(door.tokens.holds_secret("Bearer token-1 x"));
    EXPECT_TRUE(door.tokens.holds_secret("s3cret&"));
    EXPECT_TRUE(door.tokens.holds_secret("refresh+1"));
    EXPECT_FALSE(door.tokens.holds_secret("client id"));
    EXPECT_FALSE(door.tokens.holds_secret(""));
}

}  // namespace
}  // namespace termwise::live
