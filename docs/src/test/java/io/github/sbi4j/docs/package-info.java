/**
 * Compiles and runs the code of the README and the guide, so that what a reader copies works.
 *
 * <p>The Java blocks of one page form one program, in order: a block may use what an earlier one
 * declared. A block that declares a public type is a file of its own. A block marked {@code java
 * no-run} is compiled in its place and not run. Kotlin blocks form a program of their own in the
 * same way. {@link io.github.sbi4j.docs.CommonImports} says what a block need not import.
 */
@NullMarked
package io.github.sbi4j.docs;

import org.jspecify.annotations.NullMarked;
