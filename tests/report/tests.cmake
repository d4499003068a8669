# The page that the program writes.
termwise_python_test(NAME report/written-page SCRIPT report/page.py)

# The page of the report in headless Chromium, without the program: a template filled with made-up documents. The tests
# are run by Node.js; what drives the browser is pinned by the lockfile here and lies in the build folder.
if(NOT TERMWISE_REPORT OR TERMWISE_SANITIZE)
    return()
endif()
find_program(TERMWISE_CHROMIUM NAMES chromium chromium-browser google-chrome)
mark_as_advanced(TERMWISE_CHROMIUM)

set(report_browser ${CMAKE_CURRENT_BINARY_DIR}/report_browser)
file(MAKE_DIRECTORY ${report_browser})
add_custom_command(OUTPUT ${report_browser}/node_modules.stamp
    COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_LIST_DIR}/package.json
            ${CMAKE_CURRENT_LIST_DIR}/package-lock.json ${report_browser}
    COMMAND ${TERMWISE_NPM} ci --ignore-scripts --no-audit --no-fund --no-update-notifier --prefer-offline
            --loglevel error
    COMMAND ${CMAKE_COMMAND} -E touch ${report_browser}/node_modules.stamp
    DEPENDS ${CMAKE_CURRENT_LIST_DIR}/package.json ${CMAKE_CURRENT_LIST_DIR}/package-lock.json
    WORKING_DIRECTORY ${report_browser}
    COMMENT "Fetching what drives the browser"
    VERBATIM)
add_custom_target(termwise_report_browser ALL DEPENDS ${report_browser}/node_modules.stamp)

foreach(name sources page examples large)
    add_test(NAME report/${name} COMMAND ${TERMWISE_NODE} --test ${CMAKE_CURRENT_LIST_DIR}/${name}.test.js
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(report/${name} PROPERTIES LABELS release ENVIRONMENT
        "TERMWISE_REPORT_TEMPLATE=${TERMWISE_REPORT_TEMPLATE};TERMWISE_REPORT_BROWSER=${report_browser};TERMWISE_CHROMIUM=${TERMWISE_CHROMIUM};TERMWISE_PROGRAM=${TERMWISE_PROGRAM}")
endforeach()
