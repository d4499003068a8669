# The emulator as a program, through sockets of this machine.
if(TERMWISE_LIVE)
    termwise_python_test(NAME emulator/socket SCRIPT ${CMAKE_CURRENT_LIST_DIR}/socket_test.py)
    termwise_python_test(NAME emulator/killed SCRIPT ${CMAKE_CURRENT_LIST_DIR}/killed_test.py)
    termwise_python_test(NAME emulator/processes SCRIPT ${CMAKE_CURRENT_LIST_DIR}/processes_test.py)
endif()
