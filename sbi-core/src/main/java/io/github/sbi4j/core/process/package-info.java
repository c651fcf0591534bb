/**
 * Simulators that are programs of their own, in any language.
 *
 * <p>A {@link io.github.sbi4j.core.process.ProcessSimulator} keeps a pool of workers, each a
 * process that reads a request and writes an answer, one line of JSON each, until its standard
 * input ends. {@link io.github.sbi4j.core.process.PythonWorker} is that protocol in Python. A
 * program that cannot speak it is started anew for each simulation by a {@link
 * io.github.sbi4j.core.process.TemplateSimulator}, with parameters in its arguments and the
 * observation in a file that it writes. A {@link io.github.sbi4j.core.process.Command} says what to
 * start. No shell sees any of it.
 *
 * <p>Whatever a program does, hang, crash, print garbage, costs the row that it worked on and no
 * other; the failure in the table has the end of its standard error.
 */
@NullMarked
package io.github.sbi4j.core.process;

import org.jspecify.annotations.NullMarked;
