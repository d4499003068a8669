# What the program tells shells and man(1) about itself, by those who read it.
if(TARGET termwise)
    foreach(test completion man_page spreadsheet)
        termwise_python_test(NAME manual/${test} SCRIPT ${CMAKE_CURRENT_LIST_DIR}/${test}.py)
    endforeach()
    # What it looks at is the same in a sanitized build, and takes many times as long.
    termwise_python_test(NAME manual/terminal SCRIPT ${CMAKE_CURRENT_LIST_DIR}/terminal.py LABELS release)
endif()
