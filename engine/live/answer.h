// What an HTTP answer means (partner-center reference 4): shapes of errors, classes of failures.
#pragma once

#include <string>
#include <string_view>

#include "execution/remote.h"
#include "live/http.h"

namespace termwise::live {

/// Classes a call by status and code; the service's codes are not unique, so both count. `code` empty: none.
[[nodiscard]] ReplyClass classify(int status, std::string_view code);

/// All that is known of an outcome but its value: class, code, text, what the server asks for and what time
/// it has. Texts are cut to a line of at most 300 bytes.
[[nodiscard]] ReplyNote note_of(const HttpOutcome& outcome);

/// What a person reads who has to sign in again with a second factor.
inline constexpr std::string_view kWantsSecondFactor =
    "the service wants a second factor: a person has to consent again with MFA";

/// Whether the answer says that a person has to sign in again with a second factor (reference 1.4).
[[nodiscard]] bool asks_for_mfa(const HttpResponse& response);

/// "Mon, 03 Feb 2031 04:05:06 GMT" (RFC 9110); nothing if it is something else.
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);

/// A reply with the note of `answer`, its value still to be filled.
template <class T, class Note>
[[nodiscard]] Reply<T> reply_of(const Note& answer) {
    Reply<T> reply;
    static_cast<ReplyNote&>(reply) = answer;
    return reply;
}

/// An answer that says it went well and does not hold what it should: nobody knows what happened.
inline void doubt(ReplyNote& reply, std::string_view what) {
    if (!reply.ok()) return;
    reply.reply_class = ReplyClass::transient;
    reply.text = "the answer ";
    reply.text += what;
}

}  // namespace termwise::live
