# Text stories, and the examples in the documentation: each a command, what it prints and its exit status.
# README.md beside this file is the format.
if(NOT TARGET termwise)
    message(WARNING "no program: text stories are left out")
    return()
endif()
set(run_case ${CMAKE_CURRENT_LIST_DIR}/run_case.py)

file(GLOB_RECURSE cases CONFIGURE_DEPENDS RELATIVE ${CMAKE_CURRENT_LIST_DIR} ${CMAKE_CURRENT_LIST_DIR}/*.case)
foreach(case IN LISTS cases)
    string(REGEX REPLACE "\\.case$" "" name ${case})
    termwise_python_test(NAME cases/${name} SCRIPT ${run_case} LABELS cases
        ARGS --program ${TERMWISE_PROGRAM} ${CMAKE_CURRENT_LIST_DIR}/${case})
endforeach()

# Stories that search for cheapest plans at length: instrumented they take minutes, and what they search with is covered
# by the properties of tests/planning.
foreach(name compare/order-of-input compare/with-the-cheapest-plan explain/results plan/expected plan/many-customers
             schemas/results set/other-values)
    set_property(TEST cases/${name} APPEND PROPERTY LABELS release)
endforeach()

# Pages with a ```console block. Their commands are those of the stories: instrumented they say nothing new. Whether a page has one is looked up when the build is configured, so a change of a
# page configures again.
file(GLOB_RECURSE pages CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/scenarios/README.md)
foreach(page README.md tools/README.md engine/README.md bench/README.md)
    if(EXISTS ${PROJECT_SOURCE_DIR}/${page})
        list(APPEND pages ${page})
    endif()
endforeach()
foreach(page IN LISTS pages)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${page})
    file(STRINGS ${PROJECT_SOURCE_DIR}/${page} fences REGEX "^ *(```+|~~~+) *console *$")
    if(fences)
        termwise_python_test(NAME examples/${page} SCRIPT ${run_case} LABELS cases release
            ARGS --program ${TERMWISE_PROGRAM} --markdown ${PROJECT_SOURCE_DIR}/${page})
    endif()
endforeach()

termwise_python_test(NAME cases/run_case_test SCRIPT ${CMAKE_CURRENT_LIST_DIR}/run_case_test.py LABELS structure)
