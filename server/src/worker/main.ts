/** Entry of the thread that reads large files: it is given one job, posts what it made, and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { type WorkerAnswer, type WorkerJob } from "../host/workerJob.ts";
import { attackAnswer } from "./attackAnswer.ts";
import { schemasAnswer } from "./schemasAnswer.ts";

function answerTo(job: WorkerJob): Promise<WorkerAnswer> {
  switch (job.kind) {
    case "schemas":
      return schemasAnswer(job);
    case "attack":
      return attackAnswer(job);
  }
}

// Whoever starts the thread gives it a job. What is thrown ends the thread, and that is told.
void answerTo(workerData as WorkerJob).then((answer) => parentPort?.postMessage(answer));
