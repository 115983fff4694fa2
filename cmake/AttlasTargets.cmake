# The few ways to declare a target. Each takes SOURCES (relative to the folder) and DEPS.
#
#   attlas_library(NAME SOURCES a.cc DEPS other)
#   attlas_executable(NAME SOURCES main.cc DEPS other)
#   attlas_test(NAME SOURCES a_test.cc DEPS other [LABELS integration] [TIMEOUT 120] [WORKING])
#   attlas_benchmark(NAME SOURCES a_bench.cc DEPS other)

set(ATTLAS_WARNINGS -Wall -Wextra -Wconversion -Wshadow -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # gcc's -Wconversion has no sign conversion; clang's alone would ask for it.
  list(APPEND ATTLAS_WARNINGS -Wthread-safety -Wno-sign-conversion -Wno-missing-field-initializers)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 sees phantom overflows in inlined std::string code when sanitizers are on.
  list(APPEND ATTLAS_WARNINGS -Wno-missing-field-initializers -Wno-maybe-uninitialized -Wno-restrict)
endif()

if(ATTLAS_SANITIZE)
  add_compile_options(-fsanitize=${ATTLAS_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ATTLAS_SANITIZE})
endif()
if(ATTLAS_COVERAGE)
  add_compile_options(--coverage)
  add_link_options(--coverage)
endif()

function(attlas_configure_target target)
  target_compile_options(${target} PRIVATE ${ATTLAS_WARNINGS})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
endfunction()

function(attlas_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC ${ARG_DEPS})
  attlas_configure_target(${name})
endfunction()

function(attlas_executable name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS})
  attlas_configure_target(${name})
endfunction()

include(GoogleTest)
function(attlas_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS;LABELS;ENVIRONMENT" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock GTest::gtest_main)
  attlas_configure_target(${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_compile_definitions(${name} PRIVATE
    ATTLAS_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ATTLAS_BINARY_DIR="${CMAKE_BINARY_DIR}")
  # One process a test program: set-up that loads the dataset is paid once.
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    ENVIRONMENT "${ARG_ENVIRONMENT}")
endfunction()

function(attlas_benchmark name)
  if(NOT ATTLAS_BENCHMARKS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} benchmark::benchmark)
  attlas_configure_target(${name})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  target_compile_definitions(${name} PRIVATE
    ATTLAS_SOURCE_DIR="${CMAKE_SOURCE_DIR}" ATTLAS_BINARY_DIR="${CMAKE_BINARY_DIR}")
endfunction()
