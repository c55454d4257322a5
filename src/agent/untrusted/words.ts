/**
 * Stems, by what they mean in an order to a machine, in eighteen languages. Compared with folded text (fold.ts), so accents
 * do not count. A stem that begins with `=` stands for that whole word alone: it is short, or the start of common ones.
 */
export const STEMS = {
  /** To set aside. */
  ignore: [
    'ignor disregard forget overrid overrul bypass neglect discard =void',
    'vergiss vergesst missacht oublie abstraction olvid descart dimentic scord trascur esquec desconsider',
    'negeer vergeet zignoruj zapomnij pomin игнорир забудь забудьте проигнорир отмени ігнор',
    'yok_say yoksay unut görmezden dikkate_alma 忽略 无视 無視 忘记 忘掉 忘記 不理会 不要理会 忘れ 무시 잊어',
    'تجاهل =انس انسى تغاض अनदेखा भूल नजरअंदाज glöm bortse zapomeň =abaikan lupakan bỏ_qua',
  ],
  /** What was said to the machine. */
  order: [
    'instruct iunstruct =orders =rules =prompt =prompts guideline guidance directive command restriction constraint',
    'told limitation anweisung instruk regeln vorgabe befehl gesagt auftrag consigne règle ordres',
    'instruc regla órdenes indicacion directri istruz regol ordin regra ordens diretri opdracht polece zasad regul',
    'инструкц правил указан команд приказ талім talimat kural komut yönerge',
    '指令 指示 规则 規則 命令 提示 要求 ルール プロンプト 지시 명령 규칙 지침',
    'تعليمات قواعد اوامر توجيهات निर्देश नियम आदेश pokyn pravidl regler =peraturan instruksi hướng_dẫn',
  ],
  /** Which of them: those from before, all of them, yours. Whoever searches for how to ignore a rule of a linter means one. */
  past: [
    'previous prior =above =earlier =former =preceding =old =all =every =everything =any =your =told =before =far =given =system =original',
    'bisher vorher vorig =alle =alles =deine =oben =zuvor précédent antérieur =tes =toutes =tous ci-dessus anterior =todas =todos =tus =antes',
    'precedent =tutte =tutti =tue =prima =suas eerdere vorige hiervoor =je poprzedni wcześniej wszystki',
    'предыдущ прежн =все =всё =твои =ваши önceki eski =tüm bütün 之前 上面 所有 以前 先前 前 これまで すべて 全て 이전 앞 모든',
    'السابق سابق كل سبق पिछले पहले सभी =alla tidigare předchoz všechn =semua sebelumnya trước',
  ],
  /** The machine. */
  agent: [
    'assistant chatbot =ai =a.i =llm =gpt language_model =bot copilot =model =helper =agent',
    'assistent =ki sprachmodell =ia asistente assistente =modelo =modello =modele asysten',
    'ассистент =ии нейросет помощник asistan yapay_zeka 助手 人工智能 模型 アシスタント 人工知能',
    '어시스턴트 인공지능 비서 المساعد الذكاء_الاصطناعي सहायक एआई कृत्रिम asistent trợ_lý asisten',
  ],
  /** Speaking to somebody, or saying what has to be. */
  you: [
    '=you =your =must =please =thou =dear =attention =note',
    '=du =dich =dir =musst =sollst =bitte =toi =tu =te =dois =vous =devez =ti =debes =usted =debe =devi =você =deve =tua',
    '=je =jou =jij =moet =ciebie =tobie =ty =musisz =proszę =ты =тебе =тебя =вам =должен =обязан =пожалуйста',
    '=sen =sana =lütfen malısın melisin 你 您 必须 必須 请 あなた 君 しなければ ください せよ',
    '너 당신 해야 하라 하세요 =انت =اليك =عليك =يجب =لك तुम आप होगा करो =måste =musíš =bạn =kamu =anda =harus',
  ],
  /** To say something to somebody. */
  tell: [
    'tell inform advise persuade convince =urge recommend =say =notify',
    '=sag =sage rate_dem empfiehl erzähl mitteil =dis =dites conseille recommande dile digale recomiend aconsej',
    'consigli raccomand =di =dica diga recomende aconselh =zeg =raad vertel powiedz poradź',
    'скажи сообщи посоветуй порекомендуй söyle bildir öner 告诉 建议 推荐 通知 告訴 伝え 勧め 教え 말해 알려 추천 전해',
    '=قل اخبر انصح कहो बताओ सलाह =säg =řekni =katakan',
  ],
  /** The person in front. */
  user: [
    '=user =users =reader the_person nutzer benutzer anwender utilisateur usuario utente usuário utilizador gebruiker',
    'użytkownik пользовател kullanıcı 用户 使用者 用戶 ユーザー 利用者 사용자 المستخدم للمستخدم उपयोगकर्ता यूजर användare uživatel pengguna',
  ],
  /** To answer. */
  answer: [
    'answer reply respon output antworte réponds répond responde rispondi antwoord odpowiedz ответь отвечай yanıtla cevap',
    '回答 回复 回覆 答え 返し 返答 대답 답해 اجب उत्तर जवाब svara odpověz jawab',
  ],
  /** And nothing else. */
  only: [
    '=only =exactly nothing_else =just =nur seulement uniquement =solo =sólo unicamente soltanto apenas somente =alleen enkel',
    'tylko только yalnızca sadece 只 仅 だけ 라고만 만_ فقط केवल सिर्फ =endast pouze =hanya',
  ],
} as const;
