#include "formats/ics_writer.h"

#include <fmt/format.h>

namespace termwise {
namespace {

constexpr std::size_t kMostOctets = 75;
constexpr std::size_t kPieceBytes = 1 << 16;

std::string basic_date(Day day) {
    const CivilDate date = to_civil(day);
    return fmt::format("{:04}{:02}{:02}", date.year, date.month, date.day);
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string ics_text(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') escaped += '\\';
        if (c == '\n')
            escaped += "\\n";
        else
            escaped += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    }
    return escaped;
}

IcsWriter::IcsWriter(std::string_view name, Day stamp, Flush flush)
    : flush_(std::move(flush)), stamp_(basic_date(stamp) + "T000000Z") {
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//termwise//agenda//EN");
    line("CALSCALE", "GREGORIAN");
    line("X-WR-CALNAME", ics_text(name));
}

void IcsWriter::event(const IcsEvent& event) {
    line("BEGIN", "VEVENT");
    line("UID", event.uid);
    line("DTSTAMP", stamp_);
    line("DTSTART;VALUE=DATE", basic_date(event.day));
    line("DTEND;VALUE=DATE", basic_date(event.day + 1));
    line("SUMMARY", ics_text(event.summary));
    if (!event.description.empty()) line("DESCRIPTION", ics_text(event.description));
    line("TRANSP", "TRANSPARENT");
    line("END", "VEVENT");
    if (text_.size() < kPieceBytes) return;
    flush_(text_);
    text_.clear();
}

void IcsWriter::finish() {
    line("END", "VCALENDAR");
    flush_(text_);
    text_.clear();
}

/// Folded between characters: a reader that looks at lines before it unfolds them sees no half character.
void IcsWriter::line(std::string_view name, std::string_view value) {
    std::string whole = fmt::format("{}:{}", name, value);
    std::size_t room = kMostOctets;
    std::size_t begin = 0;
    while (whole.size() - begin > room) {
        std::size_t end = begin + room;
        while (end > begin + 1 && continues_character(whole[end])) --end;
        text_.append(whole, begin, end - begin);
        text_ += "\r\n ";
        begin = end;
        room = kMostOctets - 1;  // the blank that continues a line is part of it
    }
    text_.append(whole, begin);
    text_ += "\r\n";
}

}  // namespace termwise
