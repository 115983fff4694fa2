# How we compile and link: sanitizers, coverage, a fast linker and a compiler cache where there is one.

if(ATTLAS_SANITIZE)
  add_compile_options(-fsanitize=${ATTLAS_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ATTLAS_SANITIZE})
endif()
if(ATTLAS_COVERAGE)
  add_compile_options(--coverage -fprofile-abs-path)
  add_link_options(--coverage)
endif()
if(ATTLAS_FUZZERS AND NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "ATTLAS_FUZZERS needs clang: libFuzzer is part of it")
endif()

# Neither the binaries nor the cache depend on where the checkout is.
add_compile_options(-fdebug-prefix-map=${CMAKE_SOURCE_DIR}=.)

find_program(ATTLAS_MOLD mold)
if(ATTLAS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# The settings are part of the launcher, so that a build by hand and one by script/build share hits,
# and so do two checkouts of the same tree (base and hash dir). Sloppiness is what makes
# precompiled headers cacheable.
find_program(ATTLAS_CCACHE ccache)
if(ATTLAS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}
    CCACHE_NOHASHDIR=true ${ATTLAS_CCACHE})
endif()
