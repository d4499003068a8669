# What the program tells shells and man(1) about itself, by those who read it.
if(TARGET termwise)
    foreach(test completion man_page spreadsheet terminal)
        termwise_python_test(NAME manual/${test} SCRIPT ${CMAKE_CURRENT_LIST_DIR}/${test}.py)
    endforeach()
endif()
