#include "cli/report_template.h"

// The assembler takes the file as it is: a megabyte of text as a C++ array would take seconds to compile.
#ifdef TERMWISE_REPORT_TEMPLATE
asm(".section .rodata\n"
    ".global termwise_report_template_begin\n"
    ".global termwise_report_template_end\n"
    "termwise_report_template_begin:\n"
    ".incbin \"" TERMWISE_REPORT_TEMPLATE
    "\"\n"
    "termwise_report_template_end:\n"
    ".byte 0\n"
    ".previous\n");
extern "C" {
extern const char termwise_report_template_begin[];
extern const char termwise_report_template_end[];
}
#endif

namespace termwise::cli {

std::string_view report_template() {
#ifdef TERMWISE_REPORT_TEMPLATE
    return {termwise_report_template_begin, termwise_report_template_end};
#else
    return {};
#endif
}

}  // namespace termwise::cli
