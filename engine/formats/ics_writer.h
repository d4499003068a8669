// Calendars out (RFC 5545): events of whole days, lines folded at 75 octets, CRLF. No clock: whoever writes
// says what the stamp is.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "calendar/day.h"

namespace termwise {

struct IcsEvent {
    std::string uid;
    Day day;
    std::string summary;
    std::string description;
};

class IcsWriter {
  public:
    using Flush = std::function<void(std::string_view)>;

    /// `stamp`: the DTSTAMP of every event is its midnight, UTC.
    IcsWriter(std::string_view name, Day stamp, Flush flush);

    void event(const IcsEvent& event);
    /// Ends the calendar and hands over what is left.
    void finish();

  private:
    void line(std::string_view name, std::string_view value);

    Flush flush_;
    std::string stamp_;
    std::string text_;
};

/// A value of type TEXT: backslash, semicolon, comma and line ends escaped; other control characters, which
/// no calendar may contain, become blanks.
[[nodiscard]] std::string ics_text(std::string_view text);

}  // namespace termwise
