import express, { Router } from 'express';
import { act } from '../interact/act.ts';
import { closeView } from '../interact/close-view.ts';
import { runCommand } from '../interact/command.ts';
import { openHome } from '../interact/events.ts';
import { archive, deleteMessage, postAs } from '../interact/people-write.ts';
import { submitView } from '../interact/submit-view.ts';
import { resetStandin } from '../reset.ts';
import type { Standin } from '../standin.ts';
import type { Click, NewFault, ViewValues } from '../standin-types.ts';
import { stateOf } from '../state.ts';
import { BODIES, readBody } from './bodies.ts';
import { stateEvents } from './state-events.ts';

/** `/standin/...`: what the page shows and what people do on it. */
export function standinRoutes(standin: Standin): Router {
  const router = Router();
  router.use(express.json({ limit: '1mb' }));
  router.get('/state', (_request, response) => {
    response.json(stateOf(standin));
  });
  router.get('/events', stateEvents(standin));

  router.post('/act', async (request, response) => {
    response.json(await act(standin, readBody(BODIES.act, request.body) as Click));
  });
  router.post('/submit', async (request, response) => {
    const { values, ...submission } = readBody(BODIES.submit, request.body);
    response.json(await submitView(standin, { ...submission, values: values as ViewValues }));
  });
  router.post('/close', async (request, response) => {
    const { user_id, view_id } = readBody(BODIES.close, request.body);
    response.json({ closed: true, delivery: await closeView(standin, user_id, view_id) });
  });
  router.post('/command', async (request, response) => {
    response.json(await runCommand(standin, readBody(BODIES.command, request.body)));
  });
  router.post('/home', async (request, response) => {
    response.json(await openHome(standin, readBody(BODIES.home, request.body).user_id));
  });
  router.post('/post', (request, response) => {
    response.json(postAs(standin, readBody(BODIES.post, request.body)));
  });
  router.post('/delete', (request, response) => {
    const { channel, ts } = readBody(BODIES.delete, request.body);
    deleteMessage(standin, channel, ts);
    response.json({ deleted: true });
  });
  router.post('/archive', (request, response) => {
    const { channel, archived } = readBody(BODIES.archive, request.body);
    archive(standin, channel, archived);
    response.json({ archived });
  });
  router.post('/reset', (_request, response) => {
    resetStandin(standin);
    response.json({ reset: true });
  });

  router.get('/faults', (_request, response) => {
    response.json(standin.faults.list());
  });
  router.put('/faults', (request, response) => {
    response.json(standin.faults.set(readBody(BODIES.fault, request.body) as NewFault));
  });
  router.delete('/faults', (request, response) => {
    const { id } = request.query;
    standin.faults.clear(typeof id === 'string' ? id : undefined);
    response.json(standin.faults.list());
  });
  return router;
}
